package dev.mneme.experiment;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.measure.Memorization;
import dev.mneme.unit.CodeLengths;

/// Exact scores of whole data sets, never batch averages.
final class Scoring {
  /// Sequences scored in one call; bounds what an engine holds at a time. A sequence's code length does not depend
  /// on it.
  private static final int CHUNK = 64;

  private Scoring() {}

  /// The code length of every sequence, in order.
  static CodeLengths codeLengths(TrainableModel model, TokenDataset data) {
    double[] bits = new double[data.count()];
    for (int from = 0; from < data.count(); from += CHUNK) {
      int to = Math.min(data.count(), from + CHUNK);
      CodeLengths lengths = model.codeLengths(TokenBatch.range(data, from, to));
      System.arraycopy(lengths.toArray(), 0, bits, from, to - from);
    }
    return CodeLengths.ofBits(bits);
  }

  static Memorization memorization(TrainableModel model, TokenDataset data) {
    return Memorization.ofRandomTokens(data, codeLengths(model, data));
  }
}
