package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.experiment.FakeTrials.Executor;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The search is tested against made-up models of how memorization depends on size, rate, steps and
/// seed.
class CapacitySearchTest {
  private static final double RATE = FakeTrials.TRAINING.schedule().peak();
  private static final double PREDICTED = PredictedSize.of(FakeTrials.MODEL);

  /// Rises to `capacity` at a size of `top` and then falls by a little with every doubling.
  private static double tent(TrialSpecification trial, double top) {
    double ratio = trial.sequences() / top;
    return 1000 * (ratio <= 1 ? ratio : 1 - 0.01 * Math.log(ratio));
  }

  private static CapacityPlan plan() {
    return FakeTrials.plan();
  }

  private static CapacityReport search(CapacityPlan plan, Executor executor) {
    CapacityTask task = new CapacityTask(FakeTrials.MODEL, plan);
    return new CapacityStudy(executor)
        .run(List.of(task), StudyListener.NONE, () -> false)
        .reports()
        .getFirst();
  }

  private static CapacityReport search(
      CapacityPlan plan, Function<TrialSpecification, TrialResult> answers) {
    return search(plan, new Executor(answers));
  }

  private static Function<TrialSpecification, TrialResult> net(
      ToDoubleFunction<TrialSpecification> net) {
    return trial -> FakeTrials.finished(trial, net.applyAsDouble(trial));
  }

  @Test
  void aPeakInsideTheGridIsEnclosedWithoutFurtherSizes() {
    Executor executor = new Executor(net(trial -> tent(trial, PREDICTED)));

    CapacityReport report = search(plan(), executor);

    assertThat(report.reached()).isTrue();
    assertThat(report.points()).hasSize(5);
    assertThat(report.peak().orElseThrow().sequences()).isEqualTo((int) Math.rint(PREDICTED));
    assertThat(report.peak().orElseThrow().capacity().observations()).isEqualTo(3);
    assertThat(report.convergence().growth()).isZero();
    // 5 sizes with one seed, 2 more seeds and 3 half-step runs at the peak
    assertThat(executor.asked).hasSize(10);
    assertThat(report.shorterRuns())
        .hasSize(3)
        .allSatisfy(half -> assertThat(half.specification().plan().steps()).isEqualTo(500));
  }

  private static CapacityPlan doubling(int doublings) {
    CapacityPlan once = plan();
    return new CapacityPlan(
        once.training(),
        once.grid(),
        once.growth(),
        once.maximumSizes(),
        once.seeds(),
        once.scanSeeds(),
        once.sweep(),
        once.halfStepSeeds(),
        3,
        doublings,
        once.tolerance());
  }

  /// Gains halve with every doubling of steps; 1000 steps keep 80%.
  private static double trained(TrialSpecification trial) {
    return (1 - 0.2 * 1000 / trial.plan().steps()) * tent(trial, PREDICTED);
  }

  @Test
  void stepsAreDoubledUntilTheLastDoublingBringsLittle() {
    Executor executor = new Executor(net(CapacitySearchTest::trained));

    CapacityReport report = search(doubling(10), executor);

    // growth 33% to 1,000 steps, then 12.5, 5.6, 2.6 and 1.3%
    assertThat(report.plan().training().steps()).isEqualTo(16_000);
    assertThat(report.plan().doublings()).isEqualTo(6);
    assertThat(report.reached()).isTrue();
    assertThat(report.convergence().growth()).isBetween(0.01, 0.02);
    assertThat(report.convergence().remaining())
        .hasValueSatisfying(gain -> {
          double truth = 0.9 * 0.0125 / (1 - 0.0125);
          assertThat(truth).isBetween(gain.low(), gain.high());
          assertThat(gain.share()).isBetween(0.0, 0.05);
        });
    // the runs of fewer steps at the peak are those of the searches before
    assertThat(executor.asked).doesNotHaveDuplicates();
    assertThat(report.trials())
        .containsExactlyInAnyOrderElementsOf(
            executor.asked.stream()
                .map(trial -> (TrialResult) FakeTrials.finished(trial, trained(trial)))
                .toList());
    assertThat(report.shorterRuns())
        .extracting(run -> run.specification().plan().steps())
        .containsOnly(2000L, 4000L, 8000L);
  }

  @Test
  void doublingEndsWhereItIsAllowedToAndWhereItDoesNotHelp() {
    assertThat(search(doubling(2), net(CapacitySearchTest::trained)).plan().training().steps())
        .isEqualTo(4000);
    assertThat(search(doubling(0), net(CapacitySearchTest::trained)).plan().training().steps())
        .isEqualTo(1000);
    // twice the steps lose a tenth: a sign of trouble, which still longer runs do not mend
    CapacityReport losing =
        search(
            doubling(5),
            net(trial -> tent(trial, PREDICTED) * Math.pow(trial.plan().steps() / 1e3, -0.15)));
    assertThat(losing.plan().training().steps()).isEqualTo(1000);
    assertThat(losing.reached()).isFalse();
  }

  @Test
  void aPeakBelowTheGridIsFoundByAddingSmallerSizes() {
    CapacityReport report = search(plan(), net(trial -> tent(trial, PREDICTED / 4)));

    assertThat(report.plateau().enclosed()).isTrue();
    assertThat(report.peak().orElseThrow().sequences()).isLessThan((int) (PREDICTED / 2));
    assertThat(report.peak().orElseThrow().capacity().mean()).isCloseTo(1000, within(300.0));
    assertThat(report.points().getFirst().sequences())
        .isLessThan(report.peak().orElseThrow().sequences());
  }

  @Test
  void aPeakAboveTheGridIsFoundByAddingLargerSizes() {
    CapacityReport report = search(plan(), net(trial -> tent(trial, PREDICTED * 5)));

    assertThat(report.plateau().enclosed()).isTrue();
    assertThat(report.plateau().larger()).isGreaterThanOrEqualTo(2);
    assertThat(report.peak().orElseThrow().sequences() / PREDICTED).isBetween(5 / 1.5, 5 * 1.5);
  }

  @Test
  void aCurveThatNeverBendsEndsAtTheMostSizesAndClaimsNothing() {
    CapacityReport report = search(plan(), net(trial -> trial.sequences()));

    assertThat(report.reached()).isFalse();
    assertThat(report.plateau().enclosed()).isFalse();
    assertThat(report.points()).hasSizeLessThanOrEqualTo(12);
    assertThat(report.stopReason()).contains("not enclosed").contains("12");
    assertThat(report.peak().orElseThrow().capacity().observations()).isEqualTo(3);
    assertThat(report.largest()).isEqualTo(new Bits(report.points().getLast().sequences()));
  }

  @Test
  void aSizeThatJamsIsRetriedAtOtherRatesAndKeepsTheBest() {
    double high = RATE * 0.9;
    // past the prediction the first rate jams at half the peak; half the rate goes on rising
    Executor executor =
        new Executor(
            net(trial -> {
              boolean jams =
                  trial.sequences() > 1.1 * PREDICTED && trial.plan().schedule().peak() > high;
              return (jams ? 0.5 : 1) * tent(trial, 1.4142 * PREDICTED);
            }));

    CapacityReport report = search(plan(), executor);

    int sizeAfterSweep = (int) Math.rint(1.4142 * PREDICTED);
    assertThat(report.peak().orElseThrow().sequences()).isEqualTo(sizeAfterSweep);
    assertThat(report.points().get(3).learningRate()).isEqualTo(RATE / 2);
    assertThat(report.plateau().enclosed()).isTrue();
    // other seeds and half-step runs use the rate that won
    assertThat(report.peakTrials())
        .hasSize(3)
        .allSatisfy(trial ->
            assertThat(trial.specification().plan().schedule().peak()).isEqualTo(RATE / 2));
    assertThat(report.shorterRuns())
        .hasSize(3)
        .allSatisfy(trial ->
            assertThat(trial.specification().plan().schedule().peak()).isEqualTo(RATE / 2));
    // the smaller sizes did not jam and were not retried
    assertThat(executor.asked)
        .filteredOn(trial -> trial.sequences() < 0.9 * PREDICTED)
        .allSatisfy(trial -> assertThat(trial.plan().schedule().peak()).isEqualTo(RATE));
  }

  @Test
  void aFallOfLessThanFivePercentIsNotAJam() {
    Executor executor =
        new Executor(
            net(trial -> trial.sequences() <= PREDICTED + 1 ? tent(trial, PREDICTED) : 951));

    search(plan(), executor);

    assertThat(executor.asked)
        .allSatisfy(trial -> assertThat(trial.plan().schedule().peak()).isEqualTo(RATE));
  }

  @Test
  void divergentTrialsAreRetriedAtOtherRatesAndRecorded() {
    CapacityReport report =
        search(
            plan(),
            trial ->
                trial.plan().schedule().peak() > RATE * 0.6
                    ? FakeTrials.diverged(trial)
                    : FakeTrials.finished(trial, tent(trial, PREDICTED)));

    assertThat(report.reached()).isTrue();
    assertThat(report.points())
        .hasSize(5)
        .allSatisfy(point -> assertThat(point.learningRate()).isEqualTo(RATE / 2));
    assertThat(report.failures()).hasSize(10); // five sizes at the first rate and at its double
  }

  @Test
  void aRateAtWhichMoreSeedsFinishIsPreferredToOneWithALuckySurvivor() {
    CapacityPlan plan =
        new CapacityPlan(
            FakeTrials.TRAINING,
            List.of(0.5, 1.0, 1.5, 2.0),
            1.5,
            6,
            List.of(1L, 2L),
            2,
            List.of(0.5),
            0,
            1,
            0,
            0.02);
    CapacityReport report =
        search(
            plan,
            trial ->
                trial.plan().schedule().peak() == RATE && trial.seed() == 2
                    ? FakeTrials.diverged(trial)
                    : FakeTrials.finished(
                        trial,
                        tent(trial, PREDICTED)
                            * (trial.plan().schedule().peak() == RATE ? 1.2 : 1)));

    assertThat(report.points())
        .allSatisfy(point -> {
          assertThat(point.learningRate()).isEqualTo(RATE / 2);
          assertThat(point.trials()).hasSize(2);
        });
  }

  @Test
  void whereNothingFinishesThereIsNoPeakAndTheSearchEnds() {
    Executor executor = new Executor(FakeTrials::failed);

    CapacityReport report = search(plan(), executor);

    assertThat(report.peak()).isEmpty();
    assertThat(report.points()).isEmpty();
    assertThat(report.reached()).isFalse();
    assertThat(report.failures()).hasSize(5); // another rate does not give more memory
    assertThat(report.stopReason()).contains("no trial finished");
    assertThat(report.largest()).isEqualTo(Bits.ZERO);
    assertThat(report.convergence().measured()).isFalse();
  }

  @Test
  void whereLargerSizesFailTheSearchEndsAndSaysSo() {
    CapacityReport report =
        search(
            plan(),
            trial ->
                trial.sequences() > 1.2 * PREDICTED
                    ? FakeTrials.failed(trial)
                    : FakeTrials.finished(trial, trial.sequences()));

    assertThat(report.plateau().enclosed()).isFalse();
    assertThat(report.stopReason()).contains("no trial on the larger data sets finished");
    assertThat(report.peak().orElseThrow().sequences()).isEqualTo((int) Math.rint(PREDICTED));
  }

  @Test
  void whereNothingIsMemorizedTheSearchDoesNotWander() {
    CapacityReport report = search(plan(), net(trial -> -10));

    assertThat(report.reached()).isFalse();
    assertThat(report.stopReason()).contains("memorized anything");
    assertThat(report.points()).hasSize(5);
  }

  @Test
  void growthBeyondTheToleranceIsNotConverged() {
    CapacityReport report =
        search(
            plan(),
            net(trial -> tent(trial, PREDICTED) * (trial.plan().steps() == 500 ? 0.97 : 1)));

    assertThat(report.plateau().enclosed()).isTrue();
    assertThat(report.convergence().growth()).isCloseTo(1 / 0.97 - 1, within(1e-12));
    assertThat(report.reached()).isFalse();
  }

  @Test
  void convergenceComparesOnlySeedsThatHaveBothRuns() {
    CapacityReport report =
        search(
            plan(),
            trial ->
                trial.plan().steps() == 500 && trial.seed() == 2
                    ? FakeTrials.diverged(trial)
                    : FakeTrials.finished(
                        trial, tent(trial, PREDICTED) * (trial.seed() == 2 ? 9 : 1)));

    assertThat(report.convergence().growth()).isZero();
    assertThat(report.shorterRuns()).hasSize(2);
  }

  @Test
  void thePeakIsChosenBySeedsThatEverySizeHasSeen() {
    // with seed 1 the prediction is best; at other seeds that size is worse than its neighbours
    CapacityReport report =
        search(plan(), net(trial -> tent(trial, PREDICTED) * (trial.seed() == 1 ? 1 : 0.8)));

    assertThat(report.peak().orElseThrow().sequences()).isEqualTo((int) Math.rint(PREDICTED));
    assertThat(report.peak().orElseThrow().capacity().mean())
        .isCloseTo(
            tent(report.peakTrials().getFirst().specification(), PREDICTED) * 2.6 / 3,
            within(1e-9));
  }

  @Test
  void oneStepHasNoHalf() {
    CapacityReport report = search(plan().withSteps(1), net(trial -> tent(trial, PREDICTED)));

    assertThat(report.convergence().measured()).isFalse();
    assertThat(report.reached()).isFalse();
  }

  @Test
  void aModelThatHoldsLessThanTwoSequencesCannotBeEnclosedFromBelow() {
    GptConfig wide = GptConfig.of(1, 1, 2, 4096); // so long a sequence that not one fits
    CapacityPlan plan = plan();
    CapacityReport report =
        new CapacityStudy(new Executor(net(trial -> 100.0 / trial.sequences())))
            .run(List.of(new CapacityTask(wide, plan)), StudyListener.NONE, () -> false)
            .reports()
            .getFirst();

    assertThat(report.peak().orElseThrow().sequences()).isEqualTo(1);
    assertThat(report.stopReason()).contains("smaller");
    assertThat(report.reached()).isFalse();
  }

  @Test
  void whatWasFinishedBeforeAnInterruptionIsReported() {
    List<TrialResult> ended = Collections.synchronizedList(new ArrayList<>());
    StudyListener listener =
        new StudyListener() {
          @Override
          public void ended(TrialOutcome outcome) {
            ended.add(outcome.result());
          }
        };
    CapacityReport report =
        new CapacityStudy(new Executor(net(trial -> tent(trial, PREDICTED))))
            .run(
                List.of(new CapacityTask(FakeTrials.MODEL, plan())),
                listener,
                () -> ended.size() >= 4)
            .reports()
            .getFirst();

    assertThat(report.interrupted()).isTrue();
    assertThat(report.reached()).isFalse();
    assertThat(report.points()).hasSize(4);
    assertThat(report.stopReason()).contains("interrupted");
  }

  @Property(seed = "2026", tries = 200)
  void whateverTheNoiseTheSearchEndsAsksNothingTwiceAndForgetsNoOrder(
      @ForAll @IntRange(min = 0, max = 1_000_000) int noise,
      @ForAll @DoubleRange(min = 0.05, max = 20) double top) {
    Executor executor =
        new Executor(trial -> {
          Random luck =
              new Random(
                  noise * 31L + TrialIdentity.of(trial, FakeTrials.NOWHERE.engine()).hashCode());
          double kind = luck.nextDouble();
          if (kind < 0.1) {
            return FakeTrials.diverged(trial);
          }
          return kind < 0.15
              ? FakeTrials.failed(trial)
              : FakeTrials.finished(
                  trial, tent(trial, top * PREDICTED) * (1 + 0.2 * luck.nextGaussian()));
        });

    CapacityReport report = search(plan(), executor);

    assertThat(new HashSet<>(executor.asked)).hasSameSizeAs(executor.asked);
    assertThat(executor.asked.stream().map(TrialSpecification::sequences).distinct().count())
        .isLessThanOrEqualTo(12);
    List<TrialResult> shuffled = new ArrayList<>(report.trials());
    Collections.shuffle(shuffled, new Random(noise));
    CapacitySearch search = new CapacitySearch(new CapacityTask(FakeTrials.MODEL, plan()));
    assertThat(search.next(shuffled)).isEqualTo(new CapacitySearch.Next.Done(report.stopReason()));
    CapacityReport again = search.report(shuffled, report.stopReason(), false);
    assertThat(again.points()).isEqualTo(report.points());
    assertThat(again.peak()).isEqualTo(report.peak());
    assertThat(again.convergence()).isEqualTo(report.convergence());
  }

  /// Memorizes whole sets up to a size of `top` sequences of 32 bits, and less beyond it.
  private static TrialResult.Finished filling(TrialSpecification trial, double top, double growth) {
    double bits = 32.0 * trial.sequences();
    double half = trial.plan().steps() < FakeTrials.TRAINING.steps() ? growth : 0;
    double net = trial.sequences() <= top ? bits : 0.85 * 32 * top * (1 - half);
    TrialResult.Finished made = FakeTrials.finished(trial, net);
    return new TrialResult.Finished(
        trial,
        made.id(),
        made.provenance(),
        made.training(),
        made.fresh(),
        made.untrained(),
        new Bits(bits),
        made.curve());
  }

  @Test
  void aPeakThatHoldsItsWholeSetIsCloselyEnclosed() {
    double top = 1.12 * PREDICTED;
    Executor executor = new Executor(trial -> filling(trial, top, 0));

    CapacityReport report = search(plan(), executor);

    int peak = report.peak().orElseThrow().sequences();
    int next =
        report.points().stream()
            .mapToInt(CapacityReport.SizePoint::sequences)
            .filter(size -> size > peak)
            .min()
            .orElseThrow();
    assertThat((double) peak)
        .as(
            "%s %s",
            report.points().stream()
                .map(point -> point.sequences() + ":" + point.net().mean())
                .toList(),
            report.stopReason())
        .isLessThanOrEqualTo(top)
        .isGreaterThan(top / CapacitySearch.NARROW);
    assertThat((double) next).isGreaterThan(top).isLessThanOrEqualTo(CapacitySearch.NARROW * peak);
    assertThat(report.reached()).isTrue();
  }

  @Test
  void aPeakThatHoldsItsWholeSetIsNotConvergedWhileTheNextSizeStillGrows() {
    Executor executor = new Executor(trial -> filling(trial, 1.12 * PREDICTED, 0.05));

    CapacityReport report = search(plan(), executor);

    assertThat(report.plateau().enclosed()).isTrue();
    assertThat(report.convergence().converged()).isFalse();
    assertThat(report.convergence().growth()).isCloseTo(1 / 0.95 - 1, within(1e-9));
    assertThat(report.convergence().explanation()).contains("holds its whole data set");
    assertThat(report.reached()).isFalse();
  }
}
