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
