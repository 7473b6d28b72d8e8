package dev.mneme.measure;

import java.util.Arrays;

/// Bins of equal width from `low` to `high`. Each holds its lower edge, the last one `high` too.
///
/// @param low lower edge of the first bin
/// @param high upper edge of the last bin, above `low`
/// @param count how many bins, 1 to [#MOST]
public record HistogramBins(double low, double high, int count) {
  /// Bins enough for a picture.
  public static final int DEFAULT = 60;

  /// The most bins that are useful, and a bound on memory.
  public static final int MOST = 10_000;

  /// Where all values are equal, bins reach this share of them (or this much) to either side.
  private static final double LEAST_REACH = 1e-3;

  public HistogramBins {
    if (!(low < high) || !Double.isFinite(high - low) || count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "a histogram needs 1 to %d bins from a number to a larger one, not %d from %s to %s"
              .formatted(MOST, count, low, high));
    }
  }

  /// Bins from the smallest to the largest rate of several sets, so that their histograms share
  /// edges.
  ///
  /// @param count how many bins
  /// @param sets at least one
  public static HistogramBins over(int count, CompressionRates... sets) {
    double low = Arrays.stream(sets).mapToDouble(CompressionRates::smallest).min().orElseThrow();
    double high = Arrays.stream(sets).mapToDouble(CompressionRates::largest).max().orElseThrow();
    if (low == high) {
      double reach = LEAST_REACH * Math.max(1, Math.abs(low));
      return new HistogramBins(low - reach, high + reach, count);
    }
    return new HistogramBins(low, high, count);
  }

  /// The lower edge of a bin; `edge(count)` is the upper edge of the last one.
  ///
  /// @param bin 0 to `count`
  public double edge(int bin) {
    return bin == count ? high : low + (high - low) * bin / count;
  }

  /// The bin that holds a value.
  ///
  /// @throws IllegalArgumentException where the value lies outside all bins
  public int of(double value) {
    if (!(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          value + " lies outside the bins, which reach from " + low + " to " + high);
    }
    int bin = Math.min(count - 1, (int) ((value - low) / (high - low) * count));
    // rounding may land one bin off where a value is an edge
    if (value < edge(bin)) {
      return bin - 1;
    }
    return bin < count - 1 && value >= edge(bin + 1) ? bin + 1 : bin;
  }
}
