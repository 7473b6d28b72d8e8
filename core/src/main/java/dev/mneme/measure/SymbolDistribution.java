package dev.mneme.measure;

import dev.mneme.engine.NonFiniteException;

/// A distribution over symbols in whole counts out of [#TOTAL] = 2^48, as [ArithmeticCoder] needs
/// it. Encoder and decoder make it from the same numbers by the same operations (`StrictMath`), so
/// they agree on every bit.
///
/// Every symbol has at least one count, so that everything can be coded. This bounds precision: a
/// symbol of probability below 2^-48 costs at most 48 bits, *less* than its code length. All other
/// symbols lose at most `log2(TOTAL / (TOTAL − n))` bits for n symbols: 1e-11 bits for n = 2048.
public final class SymbolDistribution {
  /// Binary digits of the total count.
  public static final int PRECISION = 48;

  /// The sum of all counts.
  public static final long TOTAL = 1L << PRECISION;

  /// The most symbols a distribution may have.
  public static final int MOST_SYMBOLS = 1 << 20;

  private final long[] cumulative;

  private SymbolDistribution(long[] cumulative) {
    this.cumulative = cumulative;
  }

  /// The soft-max of `symbols` logits that start at `offset`.
  ///
  /// @throws NonFiniteException where a logit is not finite
  /// @throws IllegalArgumentException where there is no symbol or more than [#MOST_SYMBOLS]
  public static SymbolDistribution ofLogits(double[] logits, int offset, int symbols) {
    checkCount(symbols);
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < symbols; i++) {
      double logit = logits[offset + i];
      if (!Double.isFinite(logit)) {
        throw new NonFiniteException("logit of symbol " + i + " is " + logit);
      }
      largest = Math.max(largest, logit);
    }
    double[] weights = new double[symbols];
    for (int i = 0; i < symbols; i++) {
      weights[i] = StrictMath.exp(logits[offset + i] - largest);
    }
    return quantize(weights);
  }

  /// A distribution proportional to weights.
  ///
  /// @param weights finite and at least 0, with a finite sum above 0
  public static SymbolDistribution ofWeights(double... weights) {
    checkCount(weights.length);
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights must be finite and at least 0, but that of symbol " + i + " is " + weights[i]);
      }
    }
    return quantize(weights);
  }

  /// A distribution given in counts.
  ///
  /// @param counts each at least 1, with the sum [#TOTAL]
  public static SymbolDistribution ofCounts(long... counts) {
    checkCount(counts.length);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 1 || counts[i] > TOTAL) {
        throw new IllegalArgumentException(
            "counts must be 1 to 2^48, but that of symbol " + i + " is " + counts[i]);
      }
    }
    long[] cumulative = accumulate(counts);
    if (cumulative[counts.length] != TOTAL) {
      throw new IllegalArgumentException(
          "counts must add up to 2^48 = " + TOTAL + ", but their sum is " + cumulative[counts.length]);
    }
    return new SymbolDistribution(cumulative);
  }

  private static void checkCount(int symbols) {
    if (symbols < 1 || symbols > MOST_SYMBOLS) {
      throw new IllegalArgumentException(
          "a distribution needs 1 to " + MOST_SYMBOLS + " symbols, but was given " + symbols);
    }
  }

  /// Gives every symbol one count and its share of the others, rounded down; what is left over by
  /// rounding goes to the likeliest symbol, which has at least TOTAL / n counts to absorb it.
  private static SymbolDistribution quantize(double[] weights) {
    int symbols = weights.length;
    double sum = 0;
    int likeliest = 0;
    for (int i = 0; i < symbols; i++) {
      sum += weights[i];
      if (weights[i] > weights[likeliest]) {
        likeliest = i;
      }
    }
    if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weights must have a finite sum above 0, but it is " + sum);
    }
    double shared = TOTAL - symbols;
    long[] counts = new long[symbols];
    long left = TOTAL;
    for (int i = 0; i < symbols; i++) {
      counts[i] = 1 + (long) (weights[i] / sum * shared);
      left -= counts[i];
    }
    counts[likeliest] += left;
    return new SymbolDistribution(accumulate(counts));
  }

  private static long[] accumulate(long[] counts) {
    long[] cumulative = new long[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      cumulative[i + 1] = Math.addExact(cumulative[i], counts[i]);
    }
    return cumulative;
  }

  /// The number of symbols.
  public int symbols() {
    return cumulative.length - 1;
  }

  /// The counts of all symbols before `symbol`.
  ///
  /// @param symbol 0 to [#symbols()]
  public long before(int symbol) {
    return cumulative[symbol];
  }

  /// The count of one symbol, at least 1.
  public long count(int symbol) {
    return cumulative[symbol + 1] - cumulative[symbol];
  }
}
