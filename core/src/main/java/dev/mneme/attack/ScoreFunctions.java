package dev.mneme.attack;

import dev.mneme.unit.CodeLengths;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/// Scores of sequences, one for each, in their order; higher means member.
public final class ScoreFunctions {
  /// The share of tokens that `mink` and `mink++` look at unless told otherwise, as in their
  /// papers.
  public static final double USUAL_SHARE = 0.2;

  private ScoreFunctions() {}

  /// `−CL(x|θ)`, in bits.
  public static double[] loss(CodeLengths model) {
    return scores(model.count(), i -> -model.bits(i));
  }

  /// `−CL(x|θ) / zlib(x)`: bits over bits.
  ///
  /// @param texts the text of every sequence, not empty
  public static double[] zlib(CodeLengths model, List<byte[]> texts) {
    requireSame(model.count(), texts.size());
    return scores(model.count(), i -> -model.bits(i) / zlibBits(texts.get(i)));
  }

  /// `CL(x|reference) − CL(x|θ)`, in bits: the net unintended memorization.
  public static double[] reference(CodeLengths model, CodeLengths reference) {
    requireSame(model.count(), reference.count());
    return scores(model.count(), i -> reference.bits(i) - model.bits(i));
  }

  /// The mean of `log2 p(x_t|x_<t)` over the share of tokens where it is lowest, in bits.
  ///
  /// @param share of tokens, above 0 and at most 1; at least one token is taken
  public static double[] minK(TokenStatistics statistics, double share) {
    return scores(
        statistics.count(),
        i -> meanOfLowest(share, statistics.positions(), t -> statistics.logProbability(i, t)));
  }

  /// The mean of `(log p(x_t|x_<t) − μ_t) / σ_t` over the share of tokens where it is lowest; μ_t
  /// and σ_t are mean and standard deviation of log p over the model's own next token. No unit.
  ///
  /// @param share of tokens, above 0 and at most 1; at least one token is taken
  public static double[] minKPlusPlus(TokenStatistics statistics, double share) {
    return scores(
        statistics.count(),
        i -> meanOfLowest(share, statistics.positions(), t -> statistics.standardized(i, t)));
  }

  private static double[] scores(int count, IntToDoubleFunction score) {
    return IntStream.range(0, count).mapToDouble(score).toArray();
  }

  private static void requireSame(int sequences, int others) {
    if (sequences != others) {
      throw new IllegalArgumentException(
          sequences + " code lengths do not belong to " + others + " others");
    }
  }

  private static double meanOfLowest(double share, int positions, IntToDoubleFunction value) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of tokens is above 0 and at most 1, not " + share);
    }
    double[] values = IntStream.range(0, positions).mapToDouble(value).toArray();
    Arrays.sort(values);
    int taken = Math.max(1, (int) (share * positions));
    return Arrays.stream(values, 0, taken).sum() / taken;
  }

  private static double zlibBits(byte[] text) {
    if (text.length == 0) {
      throw new IllegalArgumentException("zlib's size is of no use for an empty text");
    }
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(text);
      deflater.finish();
      byte[] buffer = new byte[1 << 12];
      while (!deflater.finished()) {
        deflater.deflate(buffer);
      }
      return (double) Byte.SIZE * deflater.getBytesWritten();
    }
  }
}
