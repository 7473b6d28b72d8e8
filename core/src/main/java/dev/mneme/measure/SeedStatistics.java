package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/// Statistics over independent observations: the seeds of a study, or the samples of a data set.
public final class SeedStatistics {
  /// The confidence of every interval in Mneme.
  public static final double CONFIDENCE = 0.95;

  private SeedStatistics() {}

  /// Mean and 95% Student-t interval, `x̄ ± t(0.975, n−1) · s / √n`.
  ///
  /// @param values one per seed or sample, at least one; one alone gives a point interval with
  ///   `observations == 1`
  /// @throws IllegalArgumentException where there is no value or one is not finite
  public static Interval interval(double... values) {
    double mean = mean(values);
    return values.length == 1
        ? new Interval(mean, mean, mean, 1)
        : around(mean, standardError(values), values.length - 1, values.length);
  }

  /// The standard error of the mean, `s / √n`.
  ///
  /// @param values at least two; one alone gives 0, which says nothing about its spread
  /// @throws IllegalArgumentException where there is no value or one is not finite
  static double standardError(double... values) {
    int count = values.length;
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return count == 1 ? 0 : Math.sqrt(squares / (count - 1) / count);
  }

  private static double mean(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("an interval needs at least 1 value");
    }
    double origin = values[0]; // differences from it are exact for equal values
    double differences = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "value "
                + i
                + " of "
                + values.length
                + " is "
                + values[i]
                + "; leave diverged and failed trials out and report them apart");
      }
      differences += values[i] - origin;
    }
    return origin + differences / values.length;
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
