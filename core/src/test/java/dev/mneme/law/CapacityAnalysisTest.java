package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// How capacities are read off trials, and what is made of them.
class CapacityAnalysisTest {
  private static final GptConfig SMALL = GptConfig.of(1, 16, 64, 16);
  private static final GptConfig MIDDLE = GptConfig.of(2, 16, 64, 16);
  private static final GptConfig LARGE = GptConfig.of(1, 32, 64, 16);

  private static MeasuredTrial trial(
      GptConfig model, String recipe, long steps, int sequences, long seed, double net) {
    return new MeasuredTrial(
        model, "fp32", recipe, steps, sequences, seed, new Bits(net), new Bits(96.0 * sequences));
  }

  /// Sizes 10, 20, 30, 40 with the peak at 20, the same for seeds 1 and 2 up to ±1 bit.
  private static List<MeasuredTrial> enclosed(GptConfig model, long steps, double peak) {
    List<MeasuredTrial> trials = new ArrayList<>();
    double[] shares = {0.8, 1, 0.95, 0.9};
    for (int i = 0; i < shares.length; i++) {
      trials.add(trial(model, "a", steps, 10 * (i + 1), 1, shares[i] * peak - 1));
      trials.add(trial(model, "a", steps, 10 * (i + 1), 2, shares[i] * peak + 1));
    }
    return trials;
  }

  private static CapacityAnalysis.Question question(boolean open, OptionalInt holdOut) {
    return new CapacityAnalysis.Question(open, holdOut, new Seed(1), 200);
  }

  private static MeasuredCapacity only(List<MeasuredTrial> trials) {
    List<MeasuredCapacity> all = MeasuredCapacity.all(trials);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void thePeakIsReadAtTheLargestNumberOfSteps() {
    List<MeasuredTrial> trials = new ArrayList<>(enclosed(SMALL, 100, 900));
    trials.addAll(enclosed(SMALL, 50, 800));
    trials.add(trial(SMALL, "a", 10, 20, 1, 5000)); // however much it claims
    MeasuredCapacity capacity = only(trials);
    assertThat(capacity.steps()).isEqualTo(100);
    assertThat(capacity.peak().sequences()).isEqualTo(20);
    assertThat(capacity.peak().net().mean()).isCloseTo(900, within(1e-9));
    assertThat(capacity.peak().net().observations()).isEqualTo(2);
    assertThat(capacity.plateau().enclosed()).isTrue();
    assertThat(capacity.peakIsLargestSize()).isFalse();
    assertThat(capacity.withFewerSteps()).isEqualTo(9);
    // half the steps held 800 bits at the peak
    assertThat(capacity.convergence().growth()).isCloseTo(0.125, within(1e-12));
  }

  @Test
  void growthIsNotKnownWithoutTrialsOfHalfTheSteps() {
    List<MeasuredTrial> trials = new ArrayList<>(enclosed(SMALL, 100, 900));
    trials.add(trial(SMALL, "b", 50, 20, 1, 700)); // trained otherwise
    trials.add(trial(SMALL, "a", 51, 20, 1, 700));
    assertThat(only(trials).convergence().measured()).isFalse();
  }

  @Test
  void aPeakAtTheLargestSizeIsNotEnclosed() {
    MeasuredCapacity rising =
        only(
            List.of(
                trial(SMALL, "a", 100, 10, 1, 100),
                trial(SMALL, "a", 100, 20, 1, 200),
                trial(SMALL, "a", 100, 30, 1, 300)));
    assertThat(rising.peakIsLargestSize()).isTrue();
    assertThat(rising.plateau().enclosed()).isFalse();
  }

  @Test
  void aPeakBeyondWhichRunsJamIsMarked() {
    assertThat(only(enclosed(SMALL, 100, 900)).jamsBeyondPeak()).isTrue(); // 95% and 90%
    List<MeasuredTrial> flat =
        List.of(
            trial(SMALL, "a", 100, 10, 1, 800),
            trial(SMALL, "a", 100, 20, 1, 900),
            trial(SMALL, "a", 100, 30, 1, 890),
            trial(SMALL, "a", 100, 40, 1, 860),
            trial(SMALL, "a", 100, 80, 1, 300));
    assertThat(only(flat).jamsBeyondPeak()).isFalse();
  }

  @Test
  void ofSeveralRecipesSeedsCountFirstAndThenBits() {
    List<MeasuredTrial> trials = new ArrayList<>(enclosed(SMALL, 100, 900));
    trials.add(trial(SMALL, "lucky", 100, 20, 1, 2000)); // one seed against two
    trials.add(trial(SMALL, "better", 100, 30, 1, 870));
    trials.add(trial(SMALL, "better", 100, 30, 2, 870));
    MeasuredCapacity capacity = only(trials);
    assertThat(capacity.peak().recipe()).isEqualTo("a");
    assertThat(capacity.sizes().get(2).recipe()).isEqualTo("better");
    assertThat(capacity.withOtherRecipes()).isEqualTo(3);
  }

  @Test
  void sizesAreComparedOverTheSeedsThatAllHave() {
    List<MeasuredTrial> trials = new ArrayList<>();
    // seed 1 is at every size, its peak at 20; seeds 2 and 3 pull the mean there below that at 30
    trials.add(trial(SMALL, "a", 100, 10, 1, 500));
    trials.add(trial(SMALL, "a", 100, 20, 1, 900));
    trials.add(trial(SMALL, "a", 100, 20, 2, 700));
    trials.add(trial(SMALL, "a", 100, 20, 3, 800));
    trials.add(trial(SMALL, "a", 100, 30, 1, 890));
    trials.add(trial(SMALL, "a", 100, 40, 1, 880));
    MeasuredCapacity capacity = only(trials);
    assertThat(capacity.peak().sequences()).isEqualTo(20);
    assertThat(capacity.peak().net().mean()).isCloseTo(800, within(1e-9));
    assertThat(capacity.plateau().enclosed()).isTrue();
  }

  @Test
  void theSameTrialScoredMoreOftenCountsOnce() {
    List<MeasuredTrial> trials = new ArrayList<>(enclosed(SMALL, 100, 900));
    trials.addAll(enclosed(SMALL, 100, 900));
    assertThat(only(trials).peak().trials()).hasSize(2);
  }

  @Test
  void theLineGoesThroughModelsWithAnEnclosedPeak() {
    List<MeasuredTrial> trials = new ArrayList<>();
    for (GptConfig model : List.of(SMALL, MIDDLE, LARGE)) {
      trials.addAll(enclosed(model, 100, 3 * model.parameterCount().total()));
    }
    GptConfig open = GptConfig.of(2, 32, 64, 16);
    trials.add(trial(open, "a", 100, 10, 1, 77));
    CapacityAnalysis analysis =
        CapacityAnalysis.of(trials, question(false, OptionalInt.empty())).getFirst();
    assertThat(analysis.capacities()).hasSize(4);
    assertThat(analysis.fitted())
        .extracting(MeasuredCapacity::model)
        .containsExactly(SMALL, MIDDLE, LARGE);
    assertThat(analysis.law().orElseThrow().line().slope().mean()).isCloseTo(3, within(1e-9));
    CapacityComparison held = analysis.heldOut().orElseThrow();
    assertThat(held.rows()).hasSize(1);
    assertThat(held.rows().getFirst().parameters()).isEqualTo(LARGE.parameterCount().total());
    assertThat(held.largestError()).isCloseTo(0, within(1e-9));

    CapacityAnalysis all =
        CapacityAnalysis.of(trials, question(true, OptionalInt.of(0))).getFirst();
    assertThat(all.fitted()).hasSize(4);
    assertThat(all.heldOut()).isEmpty();
    assertThat(all.law().orElseThrow().line().slope().mean()).isLessThan(2);
  }

  @Test
  void aHeldOutModelIsPredictedFromTheOthersAlone() {
    List<MeasuredTrial> trials = new ArrayList<>();
    trials.addAll(enclosed(SMALL, 100, 2 * SMALL.parameterCount().total()));
    trials.addAll(enclosed(MIDDLE, 100, 2 * MIDDLE.parameterCount().total()));
    trials.addAll(enclosed(LARGE, 100, 2.5 * LARGE.parameterCount().total()));
    CapacityAnalysis analysis =
        CapacityAnalysis.of(trials, question(false, OptionalInt.of(1))).getFirst();
    CapacityComparison held = analysis.heldOut().orElseThrow();
    assertThat(held.law().line().slope().mean()).isCloseTo(2, within(1e-9));
    assertThat(held.rows().getFirst().relativeError()).isCloseTo(0.25, within(1e-9));
    assertThatThrownBy(() -> CapacityAnalysis.of(trials, question(false, OptionalInt.of(2))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("models: got 1 of different size");
  }

  @Test
  void modelsOfEqualSizeAreToldApart() {
    GptConfig twoHeads = new GptConfig(1, 16, 2, 64, 16, true);
    List<MeasuredTrial> trials = new ArrayList<>(enclosed(SMALL, 100, 9000));
    trials.addAll(enclosed(twoHeads, 100, 9900));
    trials.addAll(enclosed(LARGE, 100, 30000));
    CapacityLaw law =
        CapacityAnalysis.of(trials, question(false, OptionalInt.of(0)))
            .getFirst()
            .law()
            .orElseThrow();
    assertThat(law.models()).hasSize(3);
    assertThat(law.models())
        .extracting(model -> model.capacity().mean())
        .containsExactly(9000.0, 9900.0, 30000.0);
  }

  @Test
  void oneModelIsNoLine() {
    CapacityAnalysis analysis =
        CapacityAnalysis.of(enclosed(SMALL, 100, 900), question(false, OptionalInt.empty()))
            .getFirst();
    assertThat(analysis.law()).isEmpty();
    assertThat(analysis.heldOut()).isEmpty();
    assertThat(analysis.fitted()).hasSize(1);
    assertThat(CapacityAnalysis.of(List.of(), question(false, OptionalInt.empty()))).isEmpty();
  }

  @Test
  void precisionsAreFittedApart() {
    List<MeasuredTrial> trials = new ArrayList<>(enclosed(SMALL, 100, 900));
    for (MeasuredTrial t : enclosed(SMALL, 100, 800)) {
      trials.add(
          new MeasuredTrial(
              t.model(), "fp64", "a", t.steps(), t.sequences(), t.seed(), t.net(), t.ceiling()));
    }
    assertThat(CapacityAnalysis.of(trials, question(false, OptionalInt.empty())))
        .extracting(CapacityAnalysis::precision)
        .containsExactly("fp32", "fp64");
    assertThatThrownBy(() -> MeasuredCapacity.all(trials))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// N 4096, V 2048, 2 layers of 128: the paper's expectation at S 4 is all of the data, 180,224
  /// bits (printed as 1.80e5), and the ceiling is 131,072 bits.
  @Test
  void ablationsAreFoundAndCompared() {
    List<MeasuredTrial> trials = new ArrayList<>();
    for (int length : new int[] {64, 4}) {
      double ceiling = 4096.0 * (length * 11 - 12);
      trials.add(
          new MeasuredTrial(
              GptConfig.of(2, 128, 2048, length),
              "fp32",
              "a",
              100,
              4096,
              1,
              new Bits(100_000),
              new Bits(ceiling)));
    }
    trials.add(trial(SMALL, "a", 100, 10, 1, 100)); // no ablation of anything
    CapacityAnalysis analysis =
        CapacityAnalysis.of(trials, question(false, OptionalInt.empty())).getFirst();
    assertThat(analysis.alpha()).isEqualTo(3.54);
    assertThat(analysis.ablations()).hasSize(1);
    AblationSeries series = analysis.ablations().getFirst();
    assertThat(series.varied()).isEqualTo(AblationSeries.Varied.SEQUENCE_LENGTH);
    assertThat(series.table().rows())
        .extracting(row -> row.trial().shape().sequenceLength())
        .containsExactly(4, 64);
    Ablation.Row shortest = series.table().rows().getFirst();
    assertThat(shortest.expected().value()).isCloseTo(180_224, within(1e-6));
    assertThat(shortest.reachable().value()).isCloseTo(131_072, within(1e-6));
    // limited by the model: 3.54 bits × 666,880 parameters
    assertThat(series.table().rows().getLast().expected().value())
        .isCloseTo(2.36e6, within(0.005e6));
  }

  @Test
  void anAblationOverVocabularyIsFoundToo() {
    List<MeasuredTrial> trials =
        List.of(
            trial(GptConfig.of(1, 16, 64, 16), "a", 100, 10, 1, 100),
            trial(GptConfig.of(1, 16, 32, 16), "a", 100, 10, 1, 100),
            trial(GptConfig.of(1, 16, 16, 16), "a", 100, 11, 1, 100)); // another N
    AblationSeries series =
        CapacityAnalysis.of(trials, question(false, OptionalInt.empty()))
            .getFirst()
            .ablations()
            .getFirst();
    assertThat(series.varied()).isEqualTo(AblationSeries.Varied.VOCABULARY);
    assertThat(series.sizes())
        .extracting(size -> size.trials().getFirst().model().vocabularySize())
        .containsExactly(32, 64);
  }
}
