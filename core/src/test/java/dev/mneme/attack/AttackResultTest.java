package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.inference.MannWhitneyUTest;
import org.junit.jupiter.api.Test;

class AttackResultTest {
  private static MembershipScores scores(double[] members, double... nonMembers) {
    return MembershipScores.of(Attack.LOSS, members, nonMembers);
  }

  private static double[] of(double... values) {
    return values;
  }

  private static double[] normal(RandomStream random, int count, double mean) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> mean + random.nextGaussian());
    return values;
  }

  private static double auc(MembershipScores scores) {
    return Figures.auc(new ScoreTable(scores).counts());
  }

  private static double f1(MembershipScores scores) {
    return Figures.balancedF1(new ScoreTable(scores).counts());
  }

  /// By hand: pairs won by the member are (4>3)(4>1)(4>0) (2>1)(2>0), one tie 3=3: with members 4,
  /// 3, 2 and non-members 3, 1, 0 that is 3 + 2.5 + 2 of 9.
  @Test
  void countsPairsByHand() {
    MembershipScores scores = scores(of(4, 3, 2), 3, 1, 0);
    assertThat(auc(scores)).isEqualTo(7.5 / 9);
    assertThat(RocCurve.of(scores).area()).isCloseTo(7.5 / 9, within(1e-15));
    // half of six are called: 4, then one of the two 3s, of which one is a member, then 2 or not:
    // 4 and both 3s are three, so TP = 2 of 3
    assertThat(f1(scores)).isEqualTo(2.0 / 3);
  }

  @Test
  void splitsTiesAtTheMedianEvenly() {
    // pooled 9 | 5 5 5 | 1 1: one place above, two of the three 5s are called, two thirds of them
    // members
    assertThat(f1(scores(of(9, 5, 5), 5, 1, 1))).isCloseTo((1 + 2 * 2.0 / 3) / 3, within(1e-15));
    assertThat(f1(scores(of(1, 1), 1, 1))).isEqualTo(0.5);
    assertThat(f1(scores(of(-0.0, 0.0), 0.0, -0.0))).isEqualTo(0.5);
  }

  @Test
  void knowsPerfectSeparationBothWays() {
    RandomStream random = new Seed(1).stream();
    AttackResult right =
        AttackResult.of(scores(normal(random, 300, 20), normal(random, 300, 0)), new Seed(1));
    assertThat(right.auc().mean()).isEqualTo(1);
    assertThat(right.balancedF1().mean()).isEqualTo(1);
    assertThat(right.accuracy().value()).isEqualTo(1);
    assertThat(right.atOnePercent().value()).isEqualTo(1);
    assertThat(right.atOnePerMille().value()).isEqualTo(1);
    AttackResult wrong =
        AttackResult.of(scores(normal(random, 300, 0), normal(random, 300, 20)), new Seed(1));
    assertThat(wrong.auc().mean()).isZero();
    assertThat(wrong.balancedF1().mean()).isZero();
    assertThat(wrong.atOnePercent().value()).isZero();
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    RandomStream random = new Seed(2).stream();
    AttackResult result =
        AttackResult.of(scores(normal(random, 4_000, 0), normal(random, 4_000, 0)), new Seed(1));
    assertThat(result.auc().low()).isBetween(0.47, 0.5);
    assertThat(result.auc().high()).isBetween(0.5, 0.53);
    assertThat(result.balancedF1().low()).isLessThan(0.5);
    assertThat(result.balancedF1().high()).isGreaterThan(0.5);
    assertThat(result.accuracy().low()).isLessThan(0.5);
    assertThat(result.accuracy().high()).isGreaterThan(0.5);
    assertThat(result.atOnePercent().low()).isLessThan(0.01);
    assertThat(result.atOnePercent().high()).isGreaterThan(0.01);
    assertThat(result.beatsChance()).isFalse();
  }

  /// Against Hipparchus: its U is the smaller of both sides' statistics.
  @Property(seed = "2026", tries = 300)
  void agreesWithAnIndependentMannWhitney(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int members,
      @ForAll @IntRange(min = 2, max = 40) int nonMembers,
      @ForAll @IntRange(min = 1, max = 30) int values) {
    RandomStream random = new Seed(seed).stream();
    double[] left = new double[members];
    double[] right = new double[nonMembers];
    Arrays.setAll(left, i -> random.nextInt(values)); // many ties
    Arrays.setAll(right, i -> random.nextInt(values));
    double pairs = (double) members * nonMembers;
    double auc = auc(scores(left, right));
    assertThat(Math.min(auc, 1 - auc))
        .isCloseTo(new MannWhitneyUTest().mannWhitneyU(left, right) / pairs, within(1e-12));
    assertThat(RocCurve.of(scores(left, right)).area()).isCloseTo(auc, within(1e-12));
    assertThat(auc(scores(right, left))).isCloseTo(1 - auc, within(1e-12));
  }

  /// With the closed form for two normal distributions, `AUC = Φ(d/√2)` and `F1 = Φ(d/2)`: the
  /// median of the pooled scores lies halfway between the means.
  @Test
  void agreesWithTheClosedFormForNormalScores() {
    RandomStream random = new Seed(3).stream();
    MembershipScores scores = scores(normal(random, 100_000, 1), normal(random, 100_000, 0));
    NormalDistribution normal = new NormalDistribution();
    assertThat(auc(scores))
        .isCloseTo(normal.cumulativeProbability(1 / Math.sqrt(2)), within(0.005));
    assertThat(f1(scores)).isCloseTo(normal.cumulativeProbability(0.5), within(0.005));
    assertThat(CrossSplitAccuracy.of(scores).value())
        .isCloseTo(normal.cumulativeProbability(0.5), within(0.005));
    // the threshold at which 1% of non-members are above
    assertThat(RocCurve.of(scores).truePositivesAt(0.01).value())
        .isCloseTo(1 - normal.cumulativeProbability(2.3263 - 1), within(0.006));
  }

  /// 400 samples of 80 and 80; of nominal 95% intervals, 95 ± 3.3% cover (three standard
  /// deviations).
  @Test
  void intervalsCoverAtTheirNominalRate() {
    double truth = new NormalDistribution().cumulativeProbability(1 / Math.sqrt(2));
    double trueF1 = new NormalDistribution().cumulativeProbability(0.5);
    int auc = 0;
    int f1 = 0;
    for (int run = 0; run < 400; run++) {
      RandomStream random = new Seed(4).derive("coverage", run).stream();
      AttackResult result =
          AttackResult.of(scores(normal(random, 80, 1), normal(random, 80, 0)), new Seed(run));
      auc += result.auc().low() <= truth && truth <= result.auc().high() ? 1 : 0;
      f1 += result.balancedF1().low() <= trueF1 && trueF1 <= result.balancedF1().high() ? 1 : 0;
    }
    assertThat(auc / 400.0).isBetween(0.917, 0.983);
    assertThat(f1 / 400.0).isBetween(0.917, 0.995);
  }

  @Test
  void takesTheThresholdFromTheOtherHalf() {
    // Even indices: members 5, 5 above non-members 1, 1, so the threshold is 3, which is wrong for
    // all
    // odd ones. There the best is to call all members or none; all are called, right for two of
    // four.
    MembershipScores turned = scores(of(5, 1, 5, 1), 1, 5, 1, 5);
    assertThat(CrossSplitAccuracy.of(turned)).isEqualTo(Rate.of(2, 8));
    // chosen and reported on the same samples, the best threshold would be right every time here
    assertThat(CrossSplitAccuracy.of(scores(of(10, 3), 9, 2))).isEqualTo(Rate.of(2, 4));
    assertThat(CrossSplitAccuracy.of(scores(of(3, 4, 5, 6), 1, 1.5, 1, 1.5)))
        .isEqualTo(Rate.of(8, 8));
  }

  @Test
  void doesNotInterpolateBetweenThresholds() {
    double[] members = of(9, 8, 5, 4, 1);
    double[] nonMembers = new double[100];
    nonMembers[0] = 8.5;
    nonMembers[1] = 4; // tied with a member
    RocCurve curve = RocCurve.of(scores(members, nonMembers));
    assertThat(curve.truePositivesAt(0)).isEqualTo(Rate.of(1, 5));
    assertThat(curve.truePositivesAt(0.01)).isEqualTo(Rate.of(3, 5));
    assertThat(curve.truePositivesAt(0.02)).isEqualTo(Rate.of(5, 5));
    assertThat(curve.truePositivesAt(0.0099)).isEqualTo(Rate.of(1, 5));
  }

  @Test
  void warnsWhereTheSampleIsTooSmall() {
    RandomStream random = new Seed(5).stream();
    AttackResult small =
        AttackResult.of(scores(normal(random, 50, 0), normal(random, 99, 0)), new Seed(1));
    assertThat(small.warnings())
        .hasSize(2)
        .anyMatch(text -> text.startsWith("99 non-members cannot resolve") && text.contains("1%"))
        .anyMatch(text -> text.contains("0.1%") && text.contains("1000"));
    AttackResult medium =
        AttackResult.of(scores(normal(random, 50, 0), normal(random, 1_000, 0)), new Seed(1));
    assertThat(medium.warnings())
        .containsExactly("a false-positive rate of 0.1% rests on 1 non-members");
    AttackResult large =
        AttackResult.of(scores(normal(random, 50, 0), normal(random, 10_000, 0)), new Seed(1));
    assertThat(large.warnings()).isEmpty();
  }

  @Test
  void warnsBesideEveryAttackWhereTheWordsGiveItAway() {
    RandomStream random = new Seed(6).stream();
    double[] none = normal(random, 500, 0);
    MembershipScores blind =
        MembershipScores.of(Attack.BLIND, normal(random, 500, 1), normal(random, 500, 0));
    AttackReport shifted =
        AttackReport.of(List.of(scores(none, normal(random, 500, 0))), blind, new Seed(1));
    assertThat(shifted.results().getFirst().warnings().getLast()).contains("differ in their words");
    MembershipScores sound =
        MembershipScores.of(Attack.BLIND, normal(random, 500, 0), normal(random, 500, 0));
    AttackReport same =
        AttackReport.of(List.of(scores(none, normal(random, 500, 0))), sound, new Seed(1));
    assertThat(same.results().getFirst().warnings()).noneMatch(text -> text.contains("words"));
  }

  @Test
  void usesAsManyMembersAsNonMembersWhereItMatters() {
    AttackResult result = AttackResult.of(scores(of(9, 9, 0, 0), 5, 5), new Seed(1));
    assertThat(result.balancedF1().mean()).isEqualTo(1);
    assertThat(result.auc().mean()).isEqualTo(0.5);
    assertThat(result.accuracy().cases()).isEqualTo(4);
  }

  @Test
  void isRepeatable() {
    MembershipScores scores = scores(of(1, 5, 3, 2), 4, 0, 2, 2);
    assertThat(AttackResult.of(scores, new Seed(9)))
        .isEqualTo(AttackResult.of(scores, new Seed(9)));
  }

  @Test
  void refusesWhatCannotBeJudged() {
    assertThatThrownBy(() -> scores(of(), 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scores(of(1, Double.NaN), 1)).hasMessageContaining("member 1 is NaN");
    assertThatThrownBy(() -> AttackResult.of(scores(of(1), 2), new Seed(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Members at 3, 2 and 0, non-members at 2, 1 and 1: without a false positive one member is
  /// found, with one two, and with all three still two until the threshold is 0.
  @Test
  void cornersAreTheBestOfEveryCountOfFalsePositives() {
    RocCurve curve = RocCurve.of(scores(new double[] {3, 2, 0}, new double[] {2, 1, 1}));
    assertThat(curve.corners(100))
        .containsExactly(
            new RocCurve.Point(0, 1), new RocCurve.Point(1, 2), new RocCurve.Point(3, 3));
    assertThatThrownBy(() -> curve.corners(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongCurveIsThinnedOnALogarithmicScale() {
    RandomStream random = new Seed(3).stream();
    RocCurve curve = RocCurve.of(scores(normal(random, 5000, 0.3), normal(random, 5000, 0)));
    List<RocCurve.Point> kept = curve.corners(100);
    assertThat(kept).hasSizeBetween(60, 100).isSubsetOf(curve.points());
    assertThat(kept.getFirst().falsePositives()).isZero();
    assertThat(kept.getLast()).isEqualTo(new RocCurve.Point(5000, 5000));
    for (RocCurve.Point point : kept) {
      assertThat(curve.truePositivesAt(point.falsePositives() / 5000.0).hits())
          .isEqualTo(point.truePositives());
    }
    // as many below as above the middle of the scale, but for counts that do not exist
    assertThat(kept.stream().filter(point -> point.falsePositives() <= 70).count())
        .isGreaterThan(25);
  }
}
