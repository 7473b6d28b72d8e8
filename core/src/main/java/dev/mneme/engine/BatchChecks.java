package dev.mneme.engine;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.GptConfig;

/// What [TrainableModel] asks of its arguments, for engines to call.
public final class BatchChecks {
  private BatchChecks() {}

  /// Throws where a batch has longer sequences than the model's context, or tokens outside of its
  /// vocabulary.
  public static void requireFitting(TokenBatch batch, GptConfig config) {
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
        int token = batch.data().token(index, t);
        if (token >= config.vocabularySize()) {
          throw new IllegalArgumentException(
              "token "
                  + token
                  + " at position "
                  + t
                  + " of sequence "
                  + index
                  + " lies outside the model's vocabulary of "
                  + config.vocabularySize());
        }
      }
    }
  }

  /// Throws where sequences of the batch have no prefix of that length with something after it.
  public static void requirePrefix(TokenBatch batch, int prefix) {
    int length = batch.data().sequenceLength();
    if (prefix < 0 || prefix >= length) {
      throw new IllegalArgumentException(
          "sequences of " + length + " tokens have no prefix of " + prefix + " to complete");
    }
  }
}
