package dev.mneme.training;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.unit.CodeLengths;

/// Scores whole data sets in batches of bounded size, so that memory does not grow with the data.
public final class Scoring {
  /// Sequences per batch unless told otherwise.
  public static final int DEFAULT_BATCH_SIZE = 64;

  private Scoring() {}

  /// The code length of every sequence, in order.
  ///
  /// @throws dev.mneme.engine.NonFiniteException where a logit is not finite
  public static CodeLengths codeLengths(TrainableModel model, TokenDataset data) {
    return codeLengths(model, data, DEFAULT_BATCH_SIZE);
  }

  /// The code length of every sequence, in order.
  ///
  /// @param batchSize sequences given to the model at a time, at least 1; does not change the
  ///   result
  /// @throws dev.mneme.engine.NonFiniteException where a logit is not finite
  public static CodeLengths codeLengths(TrainableModel model, TokenDataset data, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch needs at least 1 sequence, not " + batchSize);
    }
    double[] bits = new double[data.count()];
    for (int from = 0; from < data.count(); from += batchSize) {
      int to = from + Math.min(batchSize, data.count() - from);
      CodeLengths part = model.codeLengths(TokenBatch.range(data, from, to));
      for (int i = 0; i < part.count(); i++) {
        bits[from + i] = part.bits(i);
      }
    }
    return CodeLengths.ofBits(bits);
  }
}
