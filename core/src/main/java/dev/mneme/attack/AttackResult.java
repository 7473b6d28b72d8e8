package dev.mneme.attack;

import dev.mneme.attack.ScoreTable.Counts;
import dev.mneme.measure.Interval;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How well an attack tells members from non-members.
///
/// @param attack which one
/// @param members members in the sample
/// @param nonMembers non-members in it
/// @param auc area under the ROC curve; chance is 0.5. 95% percentile bootstrap over samples, which
///   has no width where the two are separated perfectly
/// @param balancedF1 F1 with members and non-members 1:1 and the threshold at the median of the
///   pooled scores, ties split evenly; chance is 0.5. The same bootstrap
/// @param accuracy with a threshold from the other half of the sample, members and non-members 1:1
/// @param atOnePercent true positives at a false-positive rate of at most 1%
/// @param atOnePerMille true positives at a false-positive rate of at most 0.1%
/// @param roc true against false positives, at most [#ROC_POINTS] of the curve's points, see
///   [RocCurve#corners]
/// @param warnings what a reader of these figures must know, such as a sample that is too small
public record AttackResult(
    Attack attack,
    int members,
    int nonMembers,
    Interval auc,
    Interval balancedF1,
    Rate accuracy,
    Rate atOnePercent,
    Rate atOnePerMille,
    List<RocCurve.Point> roc,
    List<String> warnings) {

  /// Bootstrap samples behind each interval.
  public static final int RESAMPLES = 2_000;

  /// Points of a curve that are kept.
  public static final int ROC_POINTS = 100;

  private static final double ONE_PERCENT = 0.01;
  private static final double ONE_PER_MILLE = 0.001;

  public AttackResult {
    roc = List.copyOf(roc);
    warnings = List.copyOf(warnings);
  }

  /// Judges scores.
  ///
  /// @param scores at least two members and two non-members; where one side is larger, balanced F1
  ///   and accuracy use its first samples alone
  /// @param seed of the bootstrap
  public static AttackResult of(MembershipScores scores, Seed seed) {
    if (scores.memberCount() < 2 || scores.nonMemberCount() < 2) {
      throw new IllegalArgumentException(
          "an attack is judged on at least 2 members and 2 non-members, not "
              + scores.memberCount()
              + " and "
              + scores.nonMemberCount());
    }
    MembershipScores balanced = scores.balanced();
    RocCurve curve = RocCurve.of(scores);
    return new AttackResult(
        scores.attack(),
        scores.memberCount(),
        scores.nonMemberCount(),
        bootstrap(scores, Figures::auc, seed.derive("attack auc", 0)),
        bootstrap(balanced, Figures::balancedF1, seed.derive("attack f1", 0)),
        CrossSplitAccuracy.of(balanced),
        curve.truePositivesAt(ONE_PERCENT),
        curve.truePositivesAt(ONE_PER_MILLE),
        curve.corners(ROC_POINTS),
        warnings(scores.nonMemberCount()));
  }

  private static Interval bootstrap(
      MembershipScores scores, ToDoubleFunction<Counts> figure, Seed seed) {
    ScoreTable table = new ScoreTable(scores);
    double estimate = figure.applyAsDouble(table.counts());
    RandomStream random = seed.stream();
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      resampled[i] = figure.applyAsDouble(table.resampled(random));
    }
    Arrays.sort(resampled);
    int tail = RESAMPLES / 40; // 2.5%
    return new Interval(
        estimate,
        Math.min(estimate, resampled[tail]),
        Math.max(estimate, resampled[RESAMPLES - 1 - tail]),
        scores.memberCount() + scores.nonMemberCount());
  }

  private static List<String> warnings(int nonMembers) {
    List<String> warnings = new ArrayList<>();
    for (double rate : new double[] {ONE_PERCENT, ONE_PER_MILLE}) {
      int needed = (int) Math.round(1 / rate);
      if (nonMembers < needed) {
        warnings.add(
            "%d non-members cannot resolve a false-positive rate of %s%%, which takes %d: the figure is at no false positive at all"
                .formatted(nonMembers, rate == ONE_PERCENT ? "1" : "0.1", needed));
      } else if (nonMembers < 10 * needed) {
        warnings.add(
            "a false-positive rate of %s%% rests on %d non-members"
                .formatted(rate == ONE_PERCENT ? "1" : "0.1", nonMembers / needed));
      }
    }
    return warnings;
  }

  /// Whether the whole interval of the AUC lies above chance.
  public boolean beatsChance() {
    return auc.low() > 0.5;
  }

  /// The same result with another warning.
  AttackResult with(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new AttackResult(
        attack,
        members,
        nonMembers,
        auc,
        balancedF1,
        accuracy,
        atOnePercent,
        atOnePerMille,
        roc,
        more);
  }
}
