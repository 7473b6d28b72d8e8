package dev.mneme.engine.reference;

/// Soft-max of a row and its logarithm, both with the largest entry taken out first, so that no
/// exponential overflows.
final class Softmax {
  private Softmax() {}

  /// Replaces `length` scores x from `from` by `p_i = exp(x_i − max x) / Σ_j exp(x_j − max x)`.
  static void inPlace(double[] values, int from, int length) {
    double max = max(values, from, length);
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      values[i] = StrictMath.exp(values[i] - max);
      sum += values[i];
    }
    for (int i = from; i < from + length; i++) {
      values[i] /= sum;
    }
  }

  /// `log Σ_j exp(x_j) = max x + log Σ_j exp(x_j − max x)` of `length` scores from `from`.
  static double logSumExp(double[] values, int from, int length) {
    double max = max(values, from, length);
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += StrictMath.exp(values[i] - max);
    }
    return max + StrictMath.log(sum);
  }

  private static double max(double[] values, int from, int length) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, values[i]); // NaN where any entry is
    }
    return max;
  }
}
