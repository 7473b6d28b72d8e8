package dev.mneme.attack;

import dev.mneme.data.TokenDataset;
import dev.mneme.unit.Bits;

/// How rare the words of a sequence are: `TFIDF(d) = (1/|d|) Σ_{w∈d} log2 (|D| / tf(w, D))` (Morris
/// et al., arXiv 2505.24832, section 4), where |D| is the number of sequences in the data set and
/// tf(w, D) how often w occurs in them. Tokens are the words. In bits; negative for words that
/// occur more than once a sequence.
public final class TermRarity {
  private final double[] rarities;

  private TermRarity(double[] rarities) {
    this.rarities = rarities;
  }

  /// Counts the words of a data set.
  public static TermRarity in(TokenDataset data) {
    long[] counts = new long[data.vocabularySize()];
    for (int index = 0; index < data.count(); index++) {
      for (int token : data.sequence(index)) {
        counts[token]++;
      }
    }
    double[] rarities = new double[counts.length];
    for (int token = 0; token < counts.length; token++) {
      // a word that does not occur, for sequences from elsewhere, is as rare as one that occurs
      // once
      double occurrences = Math.max(1, counts[token]);
      rarities[token] = StrictMath.log(data.count() / occurrences) * Bits.PER_NAT;
    }
    return new TermRarity(rarities);
  }

  /// The mean rarity of the tokens of every sequence.
  ///
  /// @param sequences of the same data set or of another over the same vocabulary
  public double[] of(TokenDataset sequences) {
    if (sequences.vocabularySize() != rarities.length) {
      throw new IllegalArgumentException(
          "words were counted over a vocabulary of "
              + rarities.length
              + ", not "
              + sequences.vocabularySize());
    }
    double[] means = new double[sequences.count()];
    for (int index = 0; index < means.length; index++) {
      double sum = 0;
      for (int token : sequences.sequence(index)) {
        sum += rarities[token];
      }
      means[index] = sum / sequences.sequenceLength();
    }
    return means;
  }
}
