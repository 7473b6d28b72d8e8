package dev.mneme.measure;

import java.util.Arrays;
import java.util.List;

/// How many sequences of a set fall into each bin.
///
/// @param bins the bins
/// @param counts sequences in each, as many as bins, with a sum above 0
public record RateHistogram(HistogramBins bins, List<Integer> counts) {
  public RateHistogram {
    counts = List.copyOf(counts);
    if (counts.size() != bins.count()
        || counts.stream().anyMatch(count -> count < 0)
        || counts.stream().allMatch(count -> count == 0)) {
      throw new IllegalArgumentException(
          "a histogram needs one count of at least 0 for each of its %d bins and a sequence, not %s"
              .formatted(bins.count(), counts));
    }
  }

  static RateHistogram of(HistogramBins bins, int... counts) {
    return new RateHistogram(bins, Arrays.stream(counts).boxed().toList());
  }

  /// All sequences counted.
  public long total() {
    return counts.stream().mapToLong(Integer::longValue).sum();
  }

  /// The share of the sequences that fall into one bin, 0 to 1.
  public double share(int bin) {
    return (double) counts.get(bin) / total();
  }

  /// The overlap coefficient of two histograms, `Σ_b min(share_b, share'_b)`: 0 where no bin holds
  /// sequences of both, 1 where all shares agree. Two finite samples of one distribution do not
  /// fill bins alike, so theirs is below 1: at 60 bins about 0.9 for 1,000 sequences each.
  ///
  /// @param other over the same bins
  public double overlap(RateHistogram other) {
    if (!bins.equals(other.bins)) {
      throw new IllegalArgumentException(
          "histograms overlap only over the same bins, not " + bins + " and " + other.bins);
    }
    double total = total();
    double otherTotal = other.total();
    double overlap = 0;
    for (int bin = 0; bin < counts.size(); bin++) {
      overlap += Math.min(counts.get(bin) / total, other.counts.get(bin) / otherTotal);
    }
    return Math.min(1, overlap); // rounding may pass 1
  }
}
