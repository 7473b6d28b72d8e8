package dev.mneme.attack;

import dev.mneme.attack.ScoreTable.Counts;
import java.util.Arrays;

/// Figures of an attack from counts per distinct score.
final class Figures {
  private Figures() {}

  /// The probability that a member's score is above a non-member's, ties counted half: the area
  /// under the ROC curve, and the Mann–Whitney statistic over the number of pairs.
  static double auc(Counts counts) {
    long above = 0; // members with higher scores
    double won = 0;
    for (int group = 0; group < counts.members().length; group++) {
      int members = counts.members()[group];
      won += counts.nonMembers()[group] * (above + 0.5 * members);
      above += members;
    }
    return won / ((double) above * Arrays.stream(counts.nonMembers()).sum());
  }

  /// The F1 of calling the upper half of the pooled scores members, where members and non-members
  /// are as many. With n of each, n are called, so precision and recall are both TP/n, and so is
  /// F1. Of scores tied at the median, members and non-members are called in their proportion.
  static double balancedF1(Counts counts) {
    long half = Arrays.stream(counts.members()).sum();
    long called = 0;
    double hits = 0;
    for (int group = 0; called < half; group++) {
      int members = counts.members()[group];
      int size = members + counts.nonMembers()[group];
      long taken = Math.min(size, half - called);
      hits += size == 0 ? 0 : (double) members * taken / size;
      called += taken;
    }
    return hits / half;
  }
}
