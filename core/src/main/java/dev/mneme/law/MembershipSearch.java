package dev.mneme.law;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/// Non-linear least squares for the constants of the membership law: Levenberg–Marquardt on value
/// and gradient of [MembershipCurve].
final class MembershipSearch {
  private static final int MOST_EVALUATIONS = 300;
  private static final int STARTS_TRIED = 4;

  private final double[] z;
  private final double[] f1;
  private final MembershipCurve curve;

  MembershipSearch(List<MembershipObservation> observations, MembershipCurve curve) {
    this.z =
        observations.stream().mapToDouble(MembershipObservation::dataBitsPerParameter).toArray();
    this.f1 = observations.stream().mapToDouble(MembershipObservation::f1).toArray();
    this.curve = curve;
  }

  /// The best point from several starts, since the sum of squares may have more than one valley.
  double[] fromAnywhere() {
    return starts()
        .sorted(Comparator.comparingDouble(this::squares))
        .limit(STARTS_TRIED)
        .map(this::from)
        .min(Comparator.comparingDouble(this::squares))
        .orElseThrow();
  }

  /// The point that the search reaches from a start, or the best one seen where it does not settle:
  /// along a valley without end, every further point is hardly better.
  double[] from(double[] start) {
    double[] begin = curve.within(start);
    double[][] best = {begin};
    double[] least = {squares(begin)};
    MultivariateJacobianFunction model =
        vector -> {
          double[] point = vector.toArray();
          double[] values = new double[z.length];
          double[][] gradients = new double[z.length][];
          double squares = 0;
          for (int i = 0; i < z.length; i++) {
            values[i] = MembershipCurve.value(point, z[i]);
            gradients[i] = MembershipCurve.gradient(point, z[i]);
            squares += (values[i] - f1[i]) * (values[i] - f1[i]);
          }
          if (squares < least[0]) {
            least[0] = squares;
            best[0] = point;
          }
          return new Pair<>(
              new ArrayRealVector(values, false), new Array2DRowRealMatrix(gradients, false));
        };
    try {
      new LevenbergMarquardtOptimizer()
          .optimize(
              new LeastSquaresBuilder()
                  .start(begin)
                  .model(model)
                  .target(f1)
                  .parameterValidator(
                      vector -> new ArrayRealVector(curve.within(vector.toArray()), false))
                  .lazyEvaluation(false)
                  .maxEvaluations(MOST_EVALUATIONS)
                  .maxIterations(MOST_EVALUATIONS)
                  .build());
    } catch (MathRuntimeException e) {
      return best[0]; // did not settle
    }
    return best[0];
  }

  double squares(double[] point) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double difference = MembershipCurve.value(point, z[i]) - f1[i];
      sum += difference * difference;
    }
    return sum;
  }

  /// A coarse grid: middles at quantiles of z, several heights, and steepnesses from a fall over
  /// the whole span to one over a tenth of it.
  private java.util.stream.Stream<double[]> starts() {
    double[] sorted = z.clone();
    Arrays.sort(sorted);
    double range = Math.max(sorted[sorted.length - 1] - sorted[0], sorted[0] * 1e-3);
    List<Double> middles =
        IntStream.rangeClosed(0, 4)
            .mapToObj(i -> sorted[i * (sorted.length - 1) / 4])
            .distinct()
            .toList();
    return middles.stream()
        .flatMap(middle ->
            DoubleStream.of(0.25, 0.5, 1, 1.5, 2.5)
                .boxed()
                .flatMap(height ->
                    DoubleStream.of(2, 4, 10, 40)
                        .mapToObj(falls ->
                            new double[] {Math.log(height), Math.log(falls / range), middle})));
  }
}
