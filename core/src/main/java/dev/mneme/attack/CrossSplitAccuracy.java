package dev.mneme.attack;

import dev.mneme.attack.ScoreTable.Counts;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Accuracy with a threshold that the samples it is reported on did not choose: the threshold with
/// the best accuracy on one half is used on the other, both ways, and the hits are added up. Halves
/// are the samples of even and of odd index.
final class CrossSplitAccuracy {
  private CrossSplitAccuracy() {}

  /// @param scores as many members as non-members, at least two of each
  static Rate of(MembershipScores scores) {
    MembershipScores even = half(scores, 0);
    MembershipScores odd = half(scores, 1);
    long hits = hits(odd, threshold(even)) + hits(even, threshold(odd));
    return Rate.of(hits, (long) scores.memberCount() + scores.nonMemberCount());
  }

  private static MembershipScores half(MembershipScores scores, int parity) {
    return MembershipScores.of(
        scores.attack(), half(scores.members(), parity), half(scores.nonMembers(), parity));
  }

  private static double[] half(double[] values, int parity) {
    return IntStream.range(0, values.length)
        .filter(i -> i % 2 == parity)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  /// The threshold of best accuracy, halfway between two scores; of several, the one in the middle.
  private static double threshold(MembershipScores half) {
    ScoreTable table = new ScoreTable(half);
    Counts counts = table.counts();
    int groups = table.groups();
    long[] hits = new long[groups + 1]; // with the first so many groups called members
    hits[0] = half.nonMemberCount();
    for (int group = 0; group < groups; group++) {
      hits[group + 1] = hits[group] + counts.members()[group] - counts.nonMembers()[group];
    }
    long best = Arrays.stream(hits).max().orElseThrow();
    int[] cuts = IntStream.rangeClosed(0, groups).filter(cut -> hits[cut] == best).toArray();
    int cut = cuts[cuts.length / 2];
    if (cut == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return cut == groups
        ? Double.NEGATIVE_INFINITY
        : table.score(cut) + (table.score(cut - 1) - table.score(cut)) / 2;
  }

  private static long hits(MembershipScores half, double threshold) {
    return Arrays.stream(half.members()).filter(score -> score >= threshold).count()
        + Arrays.stream(half.nonMembers()).filter(score -> score < threshold).count();
  }
}
