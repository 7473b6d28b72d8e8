package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.GptConfig;

/// What models ask of their batches.
final class Batches {
  private Batches() {}

  /// Throws where the batch does not fit the model.
  static void requireFitting(TokenBatch batch, GptConfig config) {
    int length = batch.data().sequenceLength();
    if (length > config.contextLength()) {
      throw new IllegalArgumentException(
          "sequences of " + length + " tokens do not fit a context of " + config.contextLength());
    }
    if (batch.data().vocabularySize() <= config.vocabularySize()) {
      return; // the data set has checked its tokens
    }
    for (int index : batch.indices()) {
      for (int t = 0; t < length; t++) {
        if (batch.data().token(index, t) >= config.vocabularySize()) {
          throw new IllegalArgumentException(
              "token "
                  + batch.data().token(index, t)
                  + " does not fit a vocabulary of "
                  + config.vocabularySize());
        }
      }
    }
  }
}
