package dev.mneme.attack;

import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/// Spearman's rank correlation.
public final class RankCorrelation {
  private RankCorrelation() {}

  /// The correlation of the ranks, ties at their mean rank, with a 95% interval by Fisher's z and
  /// the standard error `√((1 + ρ²/2) / (n − 3))` (Bonett and Wright, Psychometrika 65, 2000). The
  /// interval takes samples as independent; sequences of one document are not quite.
  ///
  /// @param left one value per sample, at least four samples
  /// @param right another value of the same samples
  /// @throws IllegalArgumentException where there are fewer, a value is not finite, or all values
  ///   of a side are equal, so that there are no ranks
  public static Interval spearman(double[] left, double[] right) {
    if (left.length != right.length || left.length < 4) {
      throw new IllegalArgumentException(
          "a rank correlation takes two values of at least 4 samples, not "
              + left.length
              + " and "
              + right.length);
    }
    double correlation = new SpearmansCorrelation().correlation(left, right);
    if (!Double.isFinite(correlation)) {
      throw new IllegalArgumentException(
          "values that are all equal, or not finite, have no rank correlation");
    }
    double bounded = Math.clamp(correlation, -1, 1);
    double error = Math.sqrt((1 + bounded * bounded / 2) / (left.length - 3));
    double half =
        new NormalDistribution().inverseCumulativeProbability((1 + SeedStatistics.CONFIDENCE) / 2)
            * error;
    return new Interval(
        bounded,
        Math.min(bounded, around(bounded, -half)),
        Math.max(bounded, around(bounded, half)),
        left.length);
  }

  /// tanh(artanh(ρ) + distance), which stays ±1 at ±1.
  private static double around(double correlation, double distance) {
    double square = StrictMath.exp(2 * distance) * (1 + correlation) / (1 - correlation);
    return Double.isInfinite(square) ? 1 : (square - 1) / (square + 1);
  }
}
