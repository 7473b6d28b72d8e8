package dev.mneme.measure;

/// A mean and the bounds of its 95% confidence interval.
///
/// @param mean estimate
/// @param low lower bound; equal to the mean where one observation gives no interval
/// @param high upper bound
/// @param observations how many values stand behind it, at least 1
public record Interval(double mean, double low, double high, int observations) {
  public Interval {
    if (!(low <= mean && mean <= high) || observations < 1) {
      throw new IllegalArgumentException(
          "an interval needs low <= mean <= high and an observation, but was given " + low + ", " + mean
              + ", " + high + " and " + observations);
    }
  }

  /// This interval with mean and bounds divided by a positive number.
  public Interval dividedBy(double divisor) {
    return new Interval(mean / divisor, low / divisor, high / divisor, observations);
  }
}
