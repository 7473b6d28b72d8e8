package dev.mneme.attack;

import dev.mneme.measure.SeedStatistics;
import org.hipparchus.distribution.continuous.BetaDistribution;

/// A share of cases, with the bounds of its 95% interval (Clopper and Pearson, Biometrika 26, 1934:
/// exact, so it covers at least as often as it says).
///
/// @param hits cases that did
/// @param cases all cases, at least 1
/// @param low lower bound, 0 to 1
/// @param high upper bound, 0 to 1
public record Rate(long hits, long cases, double low, double high) {
  /// @throws IllegalArgumentException unless 0 ≤ `hits` ≤ `cases` and there is a case
  public static Rate of(long hits, long cases) {
    return of(hits, cases, SeedStatistics.CONFIDENCE);
  }

  /// The same with bounds of another confidence.
  static Rate of(long hits, long cases, double confidence) {
    double tail = (1 - confidence) / 2;
    if (cases < 1 || hits < 0 || hits > cases) {
      throw new IllegalArgumentException(hits + " of " + cases + " cases is no rate");
    }
    double low =
        hits == 0
            ? 0
            : new BetaDistribution(hits, cases - hits + 1.0).inverseCumulativeProbability(tail);
    double high =
        hits == cases
            ? 1
            : new BetaDistribution(hits + 1.0, cases - hits).inverseCumulativeProbability(1 - tail);
    return new Rate(hits, cases, low, high);
  }

  /// The share, 0 to 1.
  public double value() {
    return (double) hits / cases;
  }
}
