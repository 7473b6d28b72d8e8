package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/// Statistics over independent seeds.
public final class SeedStatistics {
  /// The confidence of every interval in Mneme.
  public static final double CONFIDENCE = 0.95;

  private SeedStatistics() {}

  /// Mean and 95% Student-t interval, `x̄ ± t(0.975, n−1) · s / √n`.
  ///
  /// @param values one per seed, at least one; one alone gives a point interval with
  ///     `observations == 1`
  /// @throws IllegalArgumentException where there is no value or one is not finite
  public static Interval interval(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("an interval over seeds needs at least 1 value");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "value " + i + " of " + values.length + " is " + values[i]
                + "; leave diverged and failed trials out and report them apart");
      }
    }
    int count = values.length;
    double origin = values[0]; // differences from it are exact for equal values
    double differences = 0;
    for (double value : values) {
      differences += value - origin;
    }
    double mean = origin + differences / count;
    if (count == 1) {
      return new Interval(mean, mean, mean, 1);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double standardError = Math.sqrt(squares / (count - 1) / count);
    return around(mean, standardError, count - 1, count);
  }

  /// The same over amounts of bits.
  public static Interval ofBits(List<Bits> values) {
    return interval(values.stream().mapToDouble(Bits::value).toArray());
  }

  /// The 95% interval of an estimate with a standard error.
  static Interval around(
      double estimate, double standardError, int degreesOfFreedom, int observations) {
    double half =
        new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
            * standardError;
    return new Interval(estimate, estimate - half, estimate + half, observations);
  }
}
