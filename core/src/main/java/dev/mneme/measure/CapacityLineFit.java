package dev.mneme.measure;

import dev.mneme.measure.CapacityLine.Point;
import dev.mneme.measure.CapacityLine.ThroughOrigin;
import dev.mneme.measure.CapacityLine.WithIntercept;
import dev.mneme.unit.Bits;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Ordinary least squares for [CapacityLine]. Written out, because Hipparchus' `SimpleRegression`
/// takes n−2 degrees of freedom for the slope even without an intercept, where n−1 is right.
final class CapacityLineFit {
  private CapacityLineFit() {}

  static ThroughOrigin throughOrigin(List<Point> points) {
    int count = points.size();
    if (count < 2) {
      throw new IllegalArgumentException(
          "a line through the origin with an interval needs at least 2 models, but was given "
              + count);
    }
    double xx = sum(points, p -> x(p) * x(p));
    double slope = sum(points, p -> x(p) * y(p)) / xx;
    double[] residuals = points.stream().mapToDouble(p -> y(p) - slope * x(p)).toArray();
    double unexplained = sumOfSquares(residuals);
    double standardError = Math.sqrt(unexplained / (count - 1) / xx);
    return new ThroughOrigin(
        SeedStatistics.around(slope, standardError, count - 1, count),
        toBits(residuals),
        explained(unexplained, sum(points, p -> y(p) * y(p))));
  }

  static WithIntercept withIntercept(List<Point> points) {
    int count = points.size();
    if (count < 3) {
      throw new IllegalArgumentException(
          "a line with intercept and intervals needs at least 3 models, but was given " + count);
    }
    double meanX = sum(points, CapacityLineFit::x) / count;
    double meanY = sum(points, CapacityLineFit::y) / count;
    double xx = sum(points, p -> (x(p) - meanX) * (x(p) - meanX));
    if (points.stream().mapToLong(Point::parameters).distinct().count() < 2) {
      throw new IllegalArgumentException(
          "a line needs models of at least 2 different sizes, but all " + count + " have "
              + points.getFirst().parameters() + " parameters");
    }
    double slope = sum(points, p -> (x(p) - meanX) * (y(p) - meanY)) / xx;
    double intercept = meanY - slope * meanX;
    double[] residuals =
        points.stream().mapToDouble(p -> (y(p) - meanY) - slope * (x(p) - meanX)).toArray();
    double unexplained = sumOfSquares(residuals);
    double variance = unexplained / (count - 2);
    return new WithIntercept(
        SeedStatistics.around(slope, Math.sqrt(variance / xx), count - 2, count),
        SeedStatistics.around(
            intercept, Math.sqrt(variance * (1.0 / count + meanX * meanX / xx)), count - 2, count),
        toBits(residuals),
        explained(unexplained, sum(points, p -> (y(p) - meanY) * (y(p) - meanY))));
  }

  private static double explained(double unexplained, double total) {
    if (unexplained == 0) {
      return 1; // also where all capacities are equal and the line is exact
    }
    return 1 - unexplained / total;
  }

  private static double x(Point point) {
    return point.parameters();
  }

  private static double y(Point point) {
    return point.capacity().value();
  }

  private static double sum(List<Point> points, ToDoubleFunction<Point> term) {
    return points.stream().mapToDouble(term).sum();
  }

  private static double sumOfSquares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  private static List<Bits> toBits(double[] values) {
    return Arrays.stream(values).mapToObj(Bits::new).toList();
  }
}
