package dev.mneme.data;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;

/// Uniform random sequences: nothing can be generalized from them, so every bit that a model saves
/// on them is a bit that it memorized.
public final class RandomTokens {
  /// Names this way of drawing data in the identity of a trial. The number is raised whenever the
  /// same seed would give other tokens.
  public static final String SOURCE = "random-tokens/1";

  private RandomTokens() {}

  /// Draws `count` sequences. Sequence `i` depends on (seed, purpose, i) alone, so a smaller data
  /// set of the same seed is the beginning of a larger one.
  ///
  /// @param purpose names the stream: training data and fresh control data use different ones
  public static TokenDataset generate(
      Seed seed, String purpose, int vocabularySize, int sequenceLength, int count) {
    int[] tokens = new int[Math.multiplyExact(count, sequenceLength)];
    for (int index = 0; index < count; index++) {
      RandomStream stream = seed.derive(purpose, index).stream();
      for (int position = 0; position < sequenceLength; position++) {
        tokens[index * sequenceLength + position] = stream.nextInt(vocabularySize);
      }
    }
    return TokenDataset.of(vocabularySize, sequenceLength, tokens);
  }
}
