package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.measure.CapacityLine.Point;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

class CapacityLineTest {
  private static Point point(long parameters, double capacity) {
    return new Point(parameters, new Bits(capacity));
  }

  /// NIST Statistical Reference Datasets, linear regression, NoInt1: certified values.
  @Test
  void throughTheOriginReproducesNistNoInt1() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= 10; i++) {
      points.add(point(60 + i, 130 + i));
    }

    CapacityLine.ThroughOrigin line = CapacityLine.throughOrigin(points);

    double t = new TDistribution(10).inverseCumulativeProbability(0.975);
    assertThat(line.slope().mean()).isCloseTo(2.07438016528926, within(1e-13));
    assertThat(line.slope().halfWidth()).isCloseTo(0.0165289256198347 * t, within(1e-12));
    assertThat(line.rSquared()).isCloseTo(0.999365492298663, within(1e-13));
    assertThat(line.residuals().getFirst().value())
        .isCloseTo(130 - 60 * 2.07438016528926, within(1e-11));
    assertThat(line.at(100).value()).isCloseTo(207.438016528926, within(1e-11));
  }

  /// NIST NoInt2.
  @Test
  void throughTheOriginReproducesNistNoInt2() {
    CapacityLine.ThroughOrigin line =
        CapacityLine.throughOrigin(List.of(point(4, 3), point(5, 4), point(6, 4)));

    assertThat(line.slope().mean()).isCloseTo(0.727272727272727, within(1e-14));
    assertThat(line.slope().halfWidth())
        .isCloseTo(0.0420827318078432 * 4.302652729911275, within(1e-9));
    assertThat(line.rSquared()).isCloseTo(0.993348115299335, within(1e-14));
  }

  @Test
  void withInterceptReproducesAWorkedExample() {
    CapacityLine.WithIntercept line =
        CapacityLine.withIntercept(
            List.of(point(1, 2), point(2, 4), point(3, 5), point(4, 4), point(5, 5)));

    double t = 3.182446305284263; // 97.5% quantile, 3 degrees of freedom
    assertThat(line.slope().mean()).isCloseTo(0.6, within(1e-14));
    assertThat(line.slope().halfWidth()).isCloseTo(t * Math.sqrt(0.08), within(1e-8));
    assertThat(line.intercept().mean()).isCloseTo(2.2, within(1e-14));
    assertThat(line.intercept().halfWidth())
        .isCloseTo(t * Math.sqrt(0.8 * (0.2 + 0.9)), within(1e-8));
    assertThat(line.rSquared()).isCloseTo(0.6, within(1e-14));
    assertThat(line.residuals())
        .extracting(Bits::value)
        .satisfies(values ->
            assertThat(values.stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(0, within(1e-13)));
    assertThat(line.at(10).value()).isCloseTo(8.2, within(1e-13));
  }

  @Property(tries = 100, seed = "20250524")
  void agreesWithHipparchus(@ForAll long seed, @ForAll @IntRange(min = 3, max = 12) int count) {
    RandomStream stream = new Seed(seed).stream();
    SimpleRegression withIntercept = new SimpleRegression();
    SimpleRegression throughOrigin = new SimpleRegression(false);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long parameters = 1000L * (i + 1) + stream.nextInt(900);
      double capacity = 3.6 * parameters + 500 * stream.nextGaussian();
      points.add(point(parameters, capacity));
      withIntercept.addData((double) parameters, capacity);
      throughOrigin.addData((double) parameters, capacity);
    }

    CapacityLine.WithIntercept free = CapacityLine.withIntercept(points);
    CapacityLine.ThroughOrigin fixed = CapacityLine.throughOrigin(points);

    Percentage tight = Percentage.withPercentage(1e-6);
    assertThat(free.slope().mean()).isCloseTo(withIntercept.getSlope(), tight);
    assertThat(free.slope().halfWidth())
        .isCloseTo(withIntercept.getSlopeConfidenceInterval(), tight);
    assertThat(free.intercept().mean()).isCloseTo(withIntercept.getIntercept(), within(1e-6));
    assertThat(free.rSquared()).isCloseTo(withIntercept.getRSquare(), tight);
    assertThat(fixed.slope().mean()).isCloseTo(throughOrigin.getSlope(), tight);
    double t = new TDistribution(count - 1).inverseCumulativeProbability(0.975);
    assertThat(fixed.slope().halfWidth()).isCloseTo(t * throughOrigin.getSlopeStdErr(), tight);
  }

  @Test
  void anExactLineHasNoSpread() {
    List<Point> points = List.of(point(1000, 3600), point(2000, 7200), point(4000, 14_400));

    assertThat(CapacityLine.throughOrigin(points).slope().halfWidth()).isLessThan(1e-12);
    assertThat(CapacityLine.withIntercept(points).rSquared()).isCloseTo(1, within(1e-14));
    assertThat(
            CapacityLine.withIntercept(List.of(point(1, 5), point(2, 5), point(3, 5))).rSquared())
        .isEqualTo(1);
  }

  @Test
  void refusesTooFewModels() {
    List<Point> one = List.of(point(1000, 3600));
    assertThatThrownBy(() -> CapacityLine.throughOrigin(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 models, but was given 1");
    assertThatThrownBy(() -> CapacityLine.withIntercept(List.of(point(1, 1), point(2, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 3 models, but was given 2");
    assertThatThrownBy(
            () -> CapacityLine.withIntercept(List.of(point(7, 1), point(7, 2), point(7, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 different sizes");
    assertThatThrownBy(() -> point(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
