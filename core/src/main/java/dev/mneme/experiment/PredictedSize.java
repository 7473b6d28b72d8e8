package dev.mneme.experiment;

import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;

/// Where to start looking: the data set that a model would just hold at 3.6 bits per parameter, the
/// figure of Morris et al. (arXiv 2505.24832). A starting point only; nothing forces it.
public final class PredictedSize {
  /// The paper's rounded mean.
  static final BitsPerParameter PREDICTED = new BitsPerParameter(3.6);

  private PredictedSize() {}

  /// Solves `N · (S · log2 V − log2 N) = 3.6 · P` for N, a positive number; not rounded.
  ///
  /// Where V^S is so small that no such N exists, the order of the sequences is left out of the
  /// account: `N = 3.6 · P / (S · log2 V)`.
  public static double of(GptConfig model) {
    double bits = PREDICTED.times(model.parameterCount().total()).value();
    double perSequence = Bits.toChoose(model.vocabularySize()).value() * model.contextLength();
    double size = Math.max(1, bits / perSequence);
    for (int i = 0; i < 200; i++) {
      double perDistinct = perSequence - Bits.toChoose(size).value();
      if (perDistinct < perSequence / 2) {
        return Math.max(1, bits / perSequence);
      }
      size = Math.max(1, bits / perDistinct);
    }
    return size;
  }

  /// A whole number of sequences near a size, at least 1 and no more than an array of tokens can
  /// hold.
  public static int whole(GptConfig model, double size) {
    int most = (1 << 30) / model.contextLength();
    return (int) Math.clamp(Math.rint(size), 1, most);
  }
}
