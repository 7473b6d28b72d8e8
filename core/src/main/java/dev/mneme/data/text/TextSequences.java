package dev.mneme.data.text;

import dev.mneme.data.TokenDataset;
import java.util.Arrays;

/// Sequences of one split, in memory: the tokens, and where each sequence came from.
public final class TextSequences {
  private final Split split;
  private final TokenDataset tokens;
  private final int[] documents;
  private final int[] offsets;
  private final int[] occurrences;

  TextSequences(
      Split split, TokenDataset tokens, int[] documents, int[] offsets, int[] occurrences) {
    this.split = split;
    this.tokens = tokens;
    this.documents = documents;
    this.offsets = offsets;
    this.occurrences = occurrences;
  }

  public Split split() {
    return split;
  }

  /// Shape `[count][sequenceLength]`.
  public TokenDataset tokens() {
    return tokens;
  }

  public int count() {
    return tokens.count();
  }

  /// The document of a sequence's first occurrence: a number from 0 in the order of reading.
  public int document(int index) {
    return documents[index];
  }

  /// Tokens before it in that document.
  public int offset(int index) {
    return offsets[index];
  }

  /// How often the sequence was cut from the corpus, 1 where it has no duplicate.
  public int occurrences(int index) {
    return occurrences[index];
  }

  /// The first `size` sequences: smaller data sets are the beginning of larger ones.
  ///
  /// @param size 1 to [#count]
  public TextSequences first(int size) {
    return new TextSequences(
        split,
        tokens.first(size),
        Arrays.copyOf(documents, size),
        Arrays.copyOf(offsets, size),
        Arrays.copyOf(occurrences, size));
  }

  /// The share of these sequences from documents that one of `others` is from too.
  public double shareFromDocumentsOf(TextSequences others) {
    int[] sorted = others.documents.clone();
    Arrays.sort(sorted);
    long shared =
        Arrays.stream(documents)
            .filter(document -> Arrays.binarySearch(sorted, document) >= 0)
            .count();
    return (double) shared / count();
  }
}
