package dev.mneme.attack;

import java.util.Arrays;

/// One score for every member and every non-member of a sample; higher means member. Immutable.
public final class MembershipScores {
  private final Attack attack;
  private final double[] members;
  private final double[] nonMembers;

  private MembershipScores(Attack attack, double[] members, double[] nonMembers) {
    this.attack = attack;
    this.members = members;
    this.nonMembers = nonMembers;
  }

  /// @param members scores of sequences trained on, at least one; copied
  /// @param nonMembers scores of sequences held out, at least one; copied
  /// @throws IllegalArgumentException where there are none or one is not finite
  public static MembershipScores of(Attack attack, double[] members, double[] nonMembers) {
    requireFinite("member", members);
    requireFinite("non-member", nonMembers);
    return new MembershipScores(attack, members.clone(), nonMembers.clone());
  }

  private static void requireFinite(String kind, double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("an attack needs at least one " + kind);
    }
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new IllegalArgumentException("the score of " + kind + " " + i + " is " + scores[i]);
      }
    }
  }

  public Attack attack() {
    return attack;
  }

  /// A copy of the members' scores.
  public double[] members() {
    return members.clone();
  }

  /// A copy of the non-members' scores.
  public double[] nonMembers() {
    return nonMembers.clone();
  }

  public int memberCount() {
    return members.length;
  }

  public int nonMemberCount() {
    return nonMembers.length;
  }

  /// Balanced F1 of these scores: members and non-members 1:1, half of them called members; see
  /// [AttackResult], which also gives its interval.
  public double balancedF1() {
    return Figures.balancedF1(new ScoreTable(balanced()).counts());
  }

  /// As many members as non-members: the first ones of the larger side.
  public MembershipScores balanced() {
    int count = Math.min(members.length, nonMembers.length);
    return new MembershipScores(
        attack, Arrays.copyOf(members, count), Arrays.copyOf(nonMembers, count));
  }
}
