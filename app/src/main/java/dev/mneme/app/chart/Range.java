package dev.mneme.app.chart;

import java.util.stream.DoubleStream;

/// What an axis shows.
///
/// @param low lower end, below `high`
/// @param high upper end
/// @param logarithmic whether the axis is; then `low` is above 0
record Range(double low, double high, boolean logarithmic) {
  private static final double BELOW_ZERO = 0.015;

  /// A little more than all values, at least one.
  static Range around(DoubleStream values) {
    double[] all = values.toArray();
    double low = DoubleStream.of(all).min().orElseThrow();
    double high = DoubleStream.of(all).max().orElseThrow();
    double room = high > low ? 0.06 * (high - low) : Math.max(0.1, 0.1 * Math.abs(high));
    return new Range(low - room, high + room, false);
  }

  /// From just below 0, so that the axis names it, or from below the values where some are
  /// negative, to a little more than all values.
  static Range fromZero(DoubleStream values) {
    double[] all = DoubleStream.concat(values, DoubleStream.of(0)).toArray();
    Range around = around(DoubleStream.of(all));
    return new Range(
        DoubleStream.of(all).allMatch(value -> value >= 0) ? -BELOW_ZERO * around.high : around.low,
        around.high,
        false);
  }

  /// From a tenth to a tenth, and just beyond, so that ticks are round.
  static Range tenths(double low, double high) {
    double first = Math.floor(10 * low) / 10;
    double last = Math.ceil(10 * high) / 10;
    double room = 0.01 * (last - first);
    return new Range(first - room, last + room, false);
  }

  /// A little more than all values, which are above 0, on a logarithmic axis.
  static Range logarithmic(DoubleStream values) {
    double[] all = values.toArray();
    double low = DoubleStream.of(all).min().orElseThrow();
    double high = DoubleStream.of(all).max().orElseThrow();
    double room = Math.max(1.12, Math.pow(high / low, 0.03));
    return high / low > 2
        ? new Range(low / room, high * room, true)
        : new Range(low / 2, high * 2, true);
  }

  double clamp(double value) {
    return Math.clamp(value, low, high);
  }
}
