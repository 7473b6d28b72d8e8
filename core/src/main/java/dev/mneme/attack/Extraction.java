package dev.mneme.attack;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import java.util.Arrays;

/// Extraction by prompting: given the first `prefix` tokens of a sequence, how much of the rest
/// does greedy completion reproduce (Carlini et al., arXiv 2012.07805; as Morris et al., arXiv
/// 2505.24832, measure it)? A sequence counts as extracted where every token of the rest is right.
/// Immutable.
///
/// A model that generalizes also completes sequences that it has never seen, so the rate on
/// held-out sequences belongs beside the rate on training sequences; see [ExtractionComparison].
public final class Extraction {
  private final int prefix;
  private final int suffixLength;
  private final int[] reproduced;

  private Extraction(int prefix, int suffixLength, int[] reproduced) {
    this.prefix = prefix;
    this.suffixLength = suffixLength;
    this.reproduced = reproduced;
  }

  /// Completes every sequence of a data set from its prefix.
  ///
  /// @param data at least one sequence
  /// @param prefix tokens given, 0 to `sequenceLength - 1`
  /// @throws IllegalArgumentException where there is no such prefix or the data do not fit the
  ///   model
  /// @throws dev.mneme.engine.NonFiniteException where a logit is not finite
  public static Extraction of(TrainableModel model, TokenDataset data, int prefix) {
    return of(data, prefix, model.complete(TokenBatch.all(data), prefix));
  }

  /// Compares completions with a data set.
  ///
  /// @param completions shape `[count][sequenceLength - prefix]` laid flat
  static Extraction of(TokenDataset data, int prefix, int[] completions) {
    int suffixLength = data.sequenceLength() - prefix;
    int[] reproduced = new int[data.count()];
    for (int index = 0; index < reproduced.length; index++) {
      int right = 0;
      while (right < suffixLength
          && completions[index * suffixLength + right] == data.token(index, prefix + right)) {
        right++;
      }
      reproduced[index] = right;
    }
    return new Extraction(prefix, suffixLength, reproduced);
  }

  /// Tokens given.
  public int prefix() {
    return prefix;
  }

  /// Tokens to be reproduced, S − prefix, at least 1.
  public int suffixLength() {
    return suffixLength;
  }

  /// The number of sequences.
  public int count() {
    return reproduced.length;
  }

  /// How many tokens of a sequence's suffix were reproduced before the first mistake, 0 to
  /// [#suffixLength].
  public int reproduced(int index) {
    return reproduced[index];
  }

  /// A copy of the numbers of reproduced tokens, in the order of the data set.
  public int[] reproduced() {
    return reproduced.clone();
  }

  /// Whether the whole suffix of a sequence was reproduced.
  public boolean isExact(int index) {
    return reproduced[index] == suffixLength;
  }

  /// The share of sequences whose whole suffix was reproduced.
  public Rate exactRate() {
    long exact = Arrays.stream(reproduced).filter(right -> right == suffixLength).count();
    return Rate.of(exact, reproduced.length);
  }
}
