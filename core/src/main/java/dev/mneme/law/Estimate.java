package dev.mneme.law;

/// A value with the bounds that its source gives it. What the bounds mean (an interval, a range of
/// published figures, a largest error) is said where the estimate comes from.
///
/// @param low lower bound
/// @param value best single value
/// @param high upper bound
public record Estimate<T extends Comparable<? super T>>(T low, T value, T high) {
  public Estimate {
    if (low.compareTo(value) > 0 || value.compareTo(high) > 0) {
      throw new IllegalArgumentException(
          "an estimate needs low <= value <= high, but was given "
              + low
              + ", "
              + value
              + " and "
              + high);
    }
  }

  /// A value that is known, or whose bounds are not.
  public static <T extends Comparable<? super T>> Estimate<T> exactly(T value) {
    return new Estimate<>(value, value, value);
  }

  /// Whether both bounds are the value itself.
  public boolean isPoint() {
    return low.compareTo(high) == 0;
  }
}
