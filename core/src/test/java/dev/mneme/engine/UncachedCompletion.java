package dev.mneme.engine;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;

/// Greedy completion the long way: all logits anew for every token.
public final class UncachedCompletion {
  private UncachedCompletion() {}

  /// What [TrainableModel#complete] promises, by [TrainableModel#logits] alone.
  public static int[] of(TrainableModel model, TokenBatch batch, int prefix) {
    int length = batch.data().sequenceLength();
    int vocabulary = model.config().vocabularySize();
    int suffix = length - prefix;
    int[] tokens = new int[batch.size() * length];
    for (int b = 0; b < batch.size(); b++) {
      System.arraycopy(batch.data().sequence(batch.indices()[b]), 0, tokens, b * length, length);
    }
    int[] completed = new int[batch.size() * suffix];
    for (int t = prefix; t < length; t++) {
      double[] logits =
          model.logits(
              TokenBatch.all(TokenDataset.of(batch.data().vocabularySize(), length, tokens)));
      for (int b = 0; b < batch.size(); b++) {
        int best = mostLikely(logits, (b * length + t) * vocabulary, vocabulary);
        tokens[b * length + t] = best;
        completed[b * suffix + t - prefix] = best;
      }
    }
    return completed;
  }

  /// The index of the first of the largest among `count` values from `from` on.
  public static int mostLikely(double[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
