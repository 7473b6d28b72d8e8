package dev.mneme.measure;

import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/// How far a model compresses each sequence of a set: `CL(x|θ̂) / (S · log2 V)`, without unit. 1 is
/// the uniform code, less is compression, more is expansion. Training and held-out sequences of
/// random tokens give two narrow, separate bells; those of text two broad ones that overlap (Morris
/// et al., arXiv 2505.24832).
public final class CompressionRates {
  private final double[] rates;

  private CompressionRates(double[] rates) {
    this.rates = rates;
  }

  /// Divides code lengths by that of the uniform code.
  ///
  /// @param lengths at least one
  /// @param uniform the code length of one sequence under the uniform code, `S · log2 V`; above 0
  /// @throws IllegalArgumentException where there is no sequence or the uniform code has no length
  public static CompressionRates of(CodeLengths lengths, Bits uniform) {
    if (lengths.count() == 0) {
      throw new IllegalArgumentException("compression is measured on at least 1 sequence");
    }
    if (!(uniform.value() > 0)) {
      throw new IllegalArgumentException(
          "the uniform code of a sequence has more than 0 bits, but was given " + uniform.value());
    }
    return new CompressionRates(
        Arrays.stream(lengths.toArray()).map(bits -> bits / uniform.value()).toArray());
  }

  /// The number of sequences.
  public int count() {
    return rates.length;
  }

  /// The rate of one sequence.
  public double rate(int index) {
    return rates[index];
  }

  /// The mean over sequences with its 95% interval (Student's t).
  public Interval mean() {
    return SeedStatistics.interval(rates);
  }

  /// The standard deviation over sequences, with n − 1; 0 for one sequence.
  public double standardDeviation() {
    return SeedStatistics.standardError(rates) * Math.sqrt(rates.length);
  }

  /// The rate of the sequence compressed best.
  public double smallest() {
    return DoubleStream.of(rates).min().orElseThrow();
  }

  /// The rate of the sequence compressed worst.
  public double largest() {
    return DoubleStream.of(rates).max().orElseThrow();
  }

  /// Counts sequences per bin.
  ///
  /// @param bins that hold every rate, such as [HistogramBins#over]
  /// @throws IllegalArgumentException where a rate lies outside them
  public RateHistogram histogram(HistogramBins bins) {
    int[] counts = new int[bins.count()];
    for (double rate : rates) {
      counts[bins.of(rate)]++;
    }
    return RateHistogram.of(bins, counts);
  }
}
