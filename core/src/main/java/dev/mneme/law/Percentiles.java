package dev.mneme.law;

import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/// 95% intervals from bootstrap estimates.
///
/// Plain percentiles are too narrow where few observations stand behind an estimate: they use the
/// normal quantile where Student's is right. So the tail share is that of Student's quantile on the
/// normal scale, `Φ(−t(0.975, ν))` ("expanded percentiles": Hesterberg, The American Statistician
/// 69(4), 2015).
final class Percentiles {
  private final double tail;

  private Percentiles(double tail) {
    this.tail = tail;
  }

  /// @param degreesOfFreedom at least 1
  static Percentiles of(double degreesOfFreedom) {
    return new Percentiles(
        new NormalDistribution().cumulativeProbability(-studentQuantile(degreesOfFreedom)));
  }

  static double studentQuantile(double degreesOfFreedom) {
    return new TDistribution(degreesOfFreedom)
        .inverseCumulativeProbability((1 + SeedStatistics.CONFIDENCE) / 2);
  }

  /// The interval, widened where it would leave its own estimate out.
  ///
  /// @param resampled at least one finite value; left as it is
  Interval around(double estimate, double[] resampled, int observations) {
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    return new Interval(
        estimate,
        Math.min(estimate, quantile(sorted, tail)),
        Math.max(estimate, quantile(sorted, 1 - tail)),
        observations);
  }

  /// Linear between neighbouring order statistics.
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    return below + 1 < sorted.length
        ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below])
        : sorted[below];
  }
}
