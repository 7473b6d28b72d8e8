package dev.mneme.attack;

import dev.mneme.random.Seed;
import java.util.List;
import java.util.Locale;

/// Attacks on one sample of members and non-members, beside the blind baseline.
///
/// @param blind what the words alone give away
/// @param results the attacks, each with a warning where the blind baseline beats chance
public record AttackReport(AttackResult blind, List<AttackResult> results) {
  public AttackReport {
    results = List.copyOf(results);
  }

  /// Judges every attack and the blind baseline on the same sample.
  public static AttackReport of(
      List<MembershipScores> attacks, MembershipScores blindScores, Seed seed) {
    AttackResult blind = AttackResult.of(blindScores, seed);
    return new AttackReport(
        blind,
        attacks.stream()
            .map(scores -> AttackResult.of(scores, seed))
            .map(result -> blind.beatsChance() ? result.with(shift(blind)) : result)
            .toList());
  }

  private static String shift(AttackResult blind) {
    return String.format(
        Locale.ROOT,
        "members and non-members differ in their words: without any model they are told apart with"
            + " an AUC of %.3f (%.3f to %.3f)",
        blind.auc().mean(),
        blind.auc().low(),
        blind.auc().high());
  }
}
