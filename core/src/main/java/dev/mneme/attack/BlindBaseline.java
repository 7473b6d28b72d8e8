package dev.mneme.attack;

import dev.mneme.data.TokenDataset;
import dev.mneme.unit.Bits;
import java.util.stream.IntStream;

/// An attack that never sees a model: naive Bayes on the bag of a sequence's tokens. Where it beats
/// chance, members and non-members are of different kinds, and what other attacks find may be that
/// difference (Das et al., arXiv 2406.16201).
public final class BlindBaseline {
  private static final int FOLDS = 5;

  private BlindBaseline() {}

  /// Scores every sequence by a classifier that was fitted without it, on the other four of five
  /// folds (by index): `Σ_t log2 (P(x_t | member) / P(x_t | non-member))` with counts plus one.
  ///
  /// @param members at least five sequences
  /// @param nonMembers at least five, over the same vocabulary
  public static MembershipScores scores(TokenDataset members, TokenDataset nonMembers) {
    if (members.vocabularySize() != nonMembers.vocabularySize()) {
      throw new IllegalArgumentException(
          "vocabularies of "
              + members.vocabularySize()
              + " and "
              + nonMembers.vocabularySize()
              + " cannot be compared");
    }
    if (members.count() < FOLDS || nonMembers.count() < FOLDS) {
      throw new IllegalArgumentException(
          "the blind baseline needs at least " + FOLDS + " members and non-members");
    }
    double[] memberScores = new double[members.count()];
    double[] nonMemberScores = new double[nonMembers.count()];
    for (int fold = 0; fold < FOLDS; fold++) {
      double[] ratios = ratios(members, nonMembers, fold);
      score(members, fold, ratios, memberScores);
      score(nonMembers, fold, ratios, nonMemberScores);
    }
    return MembershipScores.of(Attack.BLIND, memberScores, nonMemberScores);
  }

  /// The log ratio of every token's probabilities, in bits, without one fold.
  private static double[] ratios(TokenDataset members, TokenDataset nonMembers, int without) {
    double[] left = logProbabilities(members, without);
    double[] right = logProbabilities(nonMembers, without);
    return IntStream.range(0, left.length).mapToDouble(w -> left[w] - right[w]).toArray();
  }

  private static double[] logProbabilities(TokenDataset data, int without) {
    long[] counts = new long[data.vocabularySize()];
    long all = 0;
    for (int index = 0; index < data.count(); index++) {
      if (index % FOLDS != without) {
        for (int token : data.sequence(index)) {
          counts[token]++;
          all++;
        }
      }
    }
    double[] logs = new double[counts.length];
    for (int token = 0; token < counts.length; token++) {
      logs[token] = StrictMath.log((counts[token] + 1.0) / (all + counts.length)) * Bits.PER_NAT;
    }
    return logs;
  }

  private static void score(TokenDataset data, int fold, double[] ratios, double[] scores) {
    for (int index = fold; index < data.count(); index += FOLDS) {
      for (int token : data.sequence(index)) {
        scores[index] += ratios[token];
      }
    }
  }
}
