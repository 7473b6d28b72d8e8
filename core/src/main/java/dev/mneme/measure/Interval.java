package dev.mneme.measure;

/// A mean and the bounds of its 95% confidence interval.
///
/// @param mean estimate
/// @param low lower bound; equal to the mean where one observation gives no interval
/// @param high upper bound
/// @param observations how many values stand behind it, at least 1
public record Interval(double mean, double low, double high, int observations) {
  public Interval {
    if (!(low <= mean && mean <= high)
        || !Double.isFinite(low)
        || !Double.isFinite(high)
        || observations < 1) {
      throw new IllegalArgumentException(
          "an interval needs finite low <= mean <= high and an observation, but was given "
              + low + ", " + mean + ", " + high + " and " + observations);
    }
  }

  /// Whether one observation stands alone, so that the bounds say nothing about its spread.
  public boolean isPoint() {
    return observations == 1;
  }

  /// Half the width of the interval, the number after `±`.
  public double halfWidth() {
    return (high - low) / 2;
  }

  /// This interval with mean and bounds divided by a positive, finite number.
  public Interval dividedBy(double divisor) {
    if (!(divisor > 0 && divisor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a divisor must be finite and above 0, but was " + divisor);
    }
    return new Interval(mean / divisor, low / divisor, high / divisor, observations);
  }
}
