package dev.mneme.attack;

import java.util.Arrays;

/// The distinct scores of a sample, highest first, and how many members and non-members have each.
/// Every figure of an attack follows from such counts, and a bootstrap only draws other counts.
final class ScoreTable {
  private final double[] scores;
  private final int[] memberGroups;
  private final int[] nonMemberGroups;

  ScoreTable(MembershipScores sample) {
    double[] members = sample.members();
    double[] nonMembers = sample.nonMembers();
    double[] all = Arrays.copyOf(members, members.length + nonMembers.length);
    System.arraycopy(nonMembers, 0, all, members.length, nonMembers.length);
    for (int i = 0; i < all.length; i++) {
      all[i] += 0.0; // −0 is 0
    }
    Arrays.sort(all);
    double[] ascending = Arrays.stream(all).distinct().toArray();
    scores = new double[ascending.length];
    for (int i = 0; i < ascending.length; i++) {
      scores[i] = ascending[ascending.length - 1 - i];
    }
    memberGroups = groups(members, ascending);
    nonMemberGroups = groups(nonMembers, ascending);
  }

  private static int[] groups(double[] values, double[] ascending) {
    int[] groups = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      groups[i] = ascending.length - 1 - Arrays.binarySearch(ascending, values[i] + 0.0);
    }
    return groups;
  }

  /// Counts per distinct score.
  ///
  /// @param members members with each score, highest score first
  /// @param nonMembers non-members with each
  @SuppressWarnings("ArrayRecordComponent") // a view for a few sums, never compared
  record Counts(int[] members, int[] nonMembers) {}

  /// The sample itself.
  Counts counts() {
    return new Counts(count(memberGroups, index -> index), count(nonMemberGroups, index -> index));
  }

  /// A bootstrap sample: as many members and non-members, drawn with replacement.
  Counts resampled(java.util.random.RandomGenerator random) {
    return new Counts(
        count(memberGroups, index -> random.nextInt(memberGroups.length)),
        count(nonMemberGroups, index -> random.nextInt(nonMemberGroups.length)));
  }

  private int[] count(int[] groups, java.util.function.IntUnaryOperator choice) {
    int[] counts = new int[scores.length];
    for (int i = 0; i < groups.length; i++) {
      counts[groups[choice.applyAsInt(i)]]++;
    }
    return counts;
  }

  double score(int group) {
    return scores[group];
  }

  int groups() {
    return scores.length;
  }
}
