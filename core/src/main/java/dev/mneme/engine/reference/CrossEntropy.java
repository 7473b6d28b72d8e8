package dev.mneme.engine.reference;

import dev.mneme.engine.NonFiniteException;

/// The code length of tokens under soft-max probabilities, in nats: `L = Σ_t −ln p_t(token_t) = Σ_t
/// (log Σ_v exp(logit_tv) − logit_t,token_t)`.
final class CrossEntropy {
  private CrossEntropy() {}

  /// Takes logits `[T][V]` and tokens `[T]`.
  ///
  /// @throws NonFiniteException where a logit or the sum is not finite
  static double forward(double[] logits, int[] tokens) {
    int vocabulary = logits.length / tokens.length; // V
    double nats = 0;
    for (int t = 0; t < tokens.length; t++) {
      requireFinite(logits, t, vocabulary);
      nats +=
          Softmax.logSumExp(logits, t * vocabulary, vocabulary)
              - logits[t * vocabulary + tokens[t]];
    }
    if (!Double.isFinite(nats)) {
      throw new NonFiniteException("the code length of a sequence is " + nats + " nats");
    }
    return nats;
  }

  /// Returns dlogits `[T][V]` of `weight · L`: `dlogit_tv = weight (p_t(v) − [v = token_t])`.
  static double[] backward(double[] logits, int[] tokens, double weight) {
    int vocabulary = logits.length / tokens.length; // V
    double[] dlogits = logits.clone(); // [T][V]
    for (int t = 0; t < tokens.length; t++) {
      Softmax.inPlace(dlogits, t * vocabulary, vocabulary);
      dlogits[t * vocabulary + tokens[t]] -= 1;
    }
    for (int i = 0; i < dlogits.length; i++) {
      dlogits[i] *= weight;
    }
    return dlogits;
  }

  /// Soft-max before its division.
  ///
  /// @param lessTarget `exp(logit_tv − max_t) − [v = token_t] Z_t`, `[T][V]`
  /// @param sums `Z_t = Σ_v exp(logit_tv − max_t)`, `[T]`
  @SuppressWarnings("ArrayRecordComponent") // work arrays of one pass, never compared
  record Exponentials(double[] lessTarget, double[] sums) {}

  /// Takes logits `[T][V]` and tokens `[T]`.
  static Exponentials exponentials(double[] logits, int[] tokens) {
    int vocabulary = logits.length / tokens.length; // V
    double[] values = logits.clone(); // [T][V]
    double[] sums = new double[tokens.length]; // [T]
    for (int t = 0; t < tokens.length; t++) {
      int row = t * vocabulary;
      double max = Double.NEGATIVE_INFINITY;
      for (int v = 0; v < vocabulary; v++) {
        max = Math.max(max, logits[row + v]);
      }
      for (int v = 0; v < vocabulary; v++) {
        values[row + v] = StrictMath.exp(values[row + v] - max);
        sums[t] += values[row + v];
      }
      values[row + tokens[t]] -= sums[t];
    }
    return new Exponentials(values, sums);
  }

  private static void requireFinite(double[] logits, int t, int vocabulary) {
    for (int v = 0; v < vocabulary; v++) {
      double logit = logits[t * vocabulary + v];
      if (!Double.isFinite(logit)) {
        throw new NonFiniteException(
            "the logit of token " + v + " at position " + t + " is " + logit);
      }
    }
  }
}
