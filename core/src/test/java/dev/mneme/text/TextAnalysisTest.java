package dev.mneme.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.attack.Attack;
import dev.mneme.attack.MostMemorized;
import dev.mneme.attack.TermRarity;
import dev.mneme.data.TokenDataset;
import dev.mneme.data.corpus.EmbeddedCorpus;
import dev.mneme.data.text.Split;
import dev.mneme.data.text.TextDataset;
import dev.mneme.data.text.TextDatasetOptions;
import dev.mneme.data.text.TextSequences;
import dev.mneme.data.tokenizer.ByteTokenizer;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.ModelSink;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TextScores;
import dev.mneme.experiment.TrialCheckpoints;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.InterpolationPoint;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.random.Seed;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study small enough for the reference engine, from the corpus to the report.
class TextAnalysisTest {
  private static final int LENGTH = 8;
  private static final int TEST = 40;
  private static final int REFERENCE = 25;
  private static final int PROBED = 30;

  @TempDir private static Path folder;
  private static TextPlan plan;
  private static TextSequences training;
  private static TokenDataset unseen;
  private static final Map<String, SampleScores> SCORES = new HashMap<>();
  private static final Map<TrialSpecification, TrialResult> RESULTS = new HashMap<>();

  private static TrainingPlan training(long steps) {
    return new TrainingPlan(
        steps,
        16,
        new LearningRateSchedule(0.02, 0.05, 0.5, LearningRateSchedule.Decay.LINEAR),
        new AdamW(0.9, 0.99, 1e-8, 0),
        new Initialization(0.05, 0.05),
        4);
  }

  @BeforeAll
  static void study() throws IOException {
    ByteTokenizer tokenizer = new ByteTokenizer();
    try (TextDataset data =
        TextDataset.build(
            EmbeddedCorpus.stateOfTheUnion(),
            tokenizer,
            TextDatasetOptions.of(LENGTH, new Seed(1)).withSequencesPerDocument(20),
            folder)) {
      training = data.sequences(Split.TRAIN, 100);
      unseen =
          data.sequences(Split.TEST, TEST)
              .tokens()
              .followedBy(data.sequences(Split.REFERENCE, REFERENCE).tokens());
      TextSource source =
          new TextSource(
              "sotu",
              tokenizer.name(),
              data.report().contentHash(),
              TEST,
              REFERENCE,
              PROBED,
              List.of(2, 6));
      plan =
          new TextPlan(
              source,
              List.of(GptConfig.of(1, 8, 256, LENGTH)),
              List.of(10, 100),
              training(60),
              List.of(1L),
              2,
              List.of(
                  new TextPlan.Oracle(GptConfig.of(1, 12, 256, LENGTH), training(1)),
                  new TextPlan.Oracle(GptConfig.of(1, 12, 256, LENGTH), training(40))));
      TextTrialData trialData = new TextTrialData(source, training.tokens(), unseen, tokenizer);
      TrialRunner runner =
          TrialRunner.on(
              new ReferenceEngine(),
              trialData,
              ModelSink.NONE,
              new TrialCheckpoints(folder.resolve("checkpoints"), Duration.ofHours(1)));
      for (TrialSpecification trial : plan.trials()) {
        TrialOutcome outcome = runner.run(trial, TrialListener.NONE, () -> false).orElseThrow();
        RESULTS.put(trial, outcome.result());
        SCORES.put(outcome.result().id(), outcome.scores().orElseThrow());
      }
    }
  }

  /// A capacity made up for the test.
  private static Optional<Bits> capacity(GptConfig model) {
    return model.width() == 8 ? Optional.of(new Bits(640)) : Optional.empty();
  }

  private static TextReport report() {
    return new TextAnalysis(
            plan,
            training,
            unseen,
            id -> Optional.ofNullable(SCORES.get(id)),
            TextAnalysisTest::capacity)
        .report(List.copyOf(RESULTS.values()));
  }

  @Test
  void thePlanAsksForOraclesReferencesAndModels() {
    assertThat(plan.trials()).hasSize(2 + 1 + 2).doesNotHaveDuplicates();
    assertThat(RESULTS.values()).allMatch(TrialResult.Finished.class::isInstance);
  }

  @Test
  void theOracleCodesTheReferenceSplitInFewestBits() {
    OracleChoice oracle = report().oracle().orElseThrow();
    assertThat(oracle.candidates()).hasSize(2);
    assertThat(oracle.chosen().trial().specification().plan().steps()).isEqualTo(40);
    SampleScores scores = SCORES.get(oracle.chosen().trial().id());
    double bits = 0;
    for (int i = TEST; i < TEST + REFERENCE; i++) {
      bits += scores.fresh().bits(i);
    }
    assertThat(oracle.chosen().referencePerToken().value())
        .isCloseTo(bits / REFERENCE / LENGTH, within(1e-9));
  }

  @Test
  void modelsAreComparedOnTheirOwnSequences() {
    TextModel model = report().models().getFirst();
    TextCell small = model.cells().getFirst();
    SampleScores own = SCORES.get(small.trial().id());
    SampleScores oracle = SCORES.get(report().oracle().orElseThrow().chosen().trial().id());
    assertThat(small.oracle().training().count()).isEqualTo(10);
    assertThat(small.oracle().training().net(3).value())
        .isCloseTo(oracle.training().bits(3) - own.training().bits(3), within(1e-9));
    assertThat(small.oracle().heldOut().count()).isEqualTo(TEST);
    assertThat(small.oracle().heldOut().net(39).value())
        .isCloseTo(oracle.fresh().bits(39) - own.fresh().bits(39), within(1e-9));
    // ten sequences are learned by heart, a hundred are not
    TextCell full = model.cells().getLast();
    assertThat(small.oracle().training().meanUnintended().mean())
        .isGreaterThan(2 * full.oracle().training().meanUnintended().mean());
    assertThat(small.trainPerToken()).isLessThan(small.testPerToken());
  }

  /// At the full size the same-size reference is another seed of the same model, not the model.
  @Test
  void theControlIsAnotherSeed() {
    TextCell full = report().models().getFirst().cells().getLast();
    assertThat(full.sequences()).isEqualTo(plan.fullSize());
    assertThat(full.sameSize().training().net().value()).isNotZero();
    assertThat(Math.abs(full.sameSize().training().meanNet().mean()))
        .isLessThan(0.2 * Math.abs(full.oracle().training().uniform().value()));
  }

  /// 640 bits, of 64 a sequence.
  @Test
  void theExpectedPeakIsWhereDataFillTheMeasuredCapacity() {
    InterpolationPoint predicted = report().models().getFirst().descent().predicted();
    assertThat(predicted.origin()).isEqualTo(InterpolationPoint.Origin.MEASURED);
    assertThat(predicted.sequences()).isCloseTo(10, within(1e-9));
  }

  @Test
  void extractionCountsWholeSuffixes() {
    TextCell cell = report().models().getFirst().cells().getFirst();
    TextScores text = SCORES.get(cell.trial().id()).text().orElseThrow();
    assertThat(cell.extraction()).extracting(ExtractionRates::prefix).containsExactly(2, 6);
    long exact = text.completions().get(1).training().stream().filter(n -> n == 2).count();
    assertThat(cell.extraction().get(1).training().hits()).isEqualTo(exact);
    assertThat(cell.extraction().get(1).training().cases()).isEqualTo(10);
    assertThat(cell.extraction().get(1).heldOut().cases()).isEqualTo(PROBED);
  }

  /// Attacks need twenty members: the small set has ten.
  @Test
  void attacksAreJudgedWhereThereAreEnoughMembers() {
    List<TextCell> cells = report().models().getFirst().cells();
    assertThat(cells.getFirst().attacks()).isEmpty();
    assertThat(cells.getLast().attacks().orElseThrow().results())
        .extracting(result -> result.attack())
        .containsExactly(
            Attack.LOSS, Attack.REF, Attack.ZLIB, Attack.MIN_K, Attack.MIN_K_PLUS_PLUS);
  }

  @Test
  void tokensOfASequenceAddUpToIt() {
    TextCell cell = report().models().getFirst().cells().getLast();
    SampleScores scores = SCORES.get(cell.trial().id());
    TextScores text = scores.text().orElseThrow();
    assertThat(text.tokens().count()).isEqualTo(PROBED);
    double sum = 0;
    for (int t = 0; t < LENGTH; t++) {
      sum += text.tokens().bits(7, t);
    }
    assertThat(sum).isCloseTo(scores.training().bits(7), within(1e-9));
  }

  @Test
  void tokensOfTheMostMemorizedAddUpToWhatIsMemorized() {
    for (TextCell cell : report().models().getFirst().cells()) {
      List<MostMemorized.Sample> samples = cell.most().samples();
      assertThat(cell.tokens()).hasSameSizeAs(samples).hasSizeGreaterThanOrEqualTo(10);
      for (int i = 0; i < samples.size(); i++) {
        TokenCosts costs = cell.tokens().get(i);
        assertThat(costs.index()).isEqualTo(samples.get(i).index());
        assertThat(costs.model()).hasSize(LENGTH);
        double saved = 0;
        for (int t = 0; t < LENGTH; t++) {
          saved += costs.oracle().get(t) - costs.model().get(t);
        }
        assertThat(Math.max(0, saved)).isCloseTo(samples.get(i).unintended().value(), within(1e-9));
      }
    }
  }

  @Test
  void raritiesStandBesideWhatIsMemorized() {
    TextCell full = report().models().getFirst().cells().getLast();
    assertThat(full.rarity().population()).isEqualTo(100);
    double[] rarities = TermRarity.in(training.tokens()).of(training.tokens());
    for (int i : new int[] {0, 42, 99}) {
      RaritySample.Point point = full.rarity().points().get(i);
      assertThat(point.rarity().value()).isEqualTo(rarities[i]);
      assertThat(point.unintended()).isEqualTo(full.oracle().training().unintended(i));
    }
  }

  @Test
  void curvesTellOfBothSplits() {
    TrialResult.Finished trial = report().models().getFirst().cells().getFirst().trial();
    assertThat(trial.curve()).hasSize(4).allMatch(point -> point.heldOut().isPresent());
    assertThat(trial.curve().getLast().net().value())
        .isCloseTo(trial.training().net().value(), within(1e-9));
    assertThat(trial.curve().getLast().heldOut().orElseThrow().value())
        .isCloseTo(trial.fresh().net().value(), within(1e-9));
  }

  /// Of a hundred training sequences as many are scored along the way as there are test sequences.
  @Test
  void largeSetsAreScoredInPart() {
    TrialResult.Finished trial = report().models().getFirst().cells().getLast().trial();
    SampleScores scores = SCORES.get(trial.id());
    double uniform = 8 * LENGTH;
    double net = 0;
    for (int i = 0; i < TEST; i++) {
      net += uniform - scores.training().bits(i);
    }
    assertThat(trial.curve().getLast().net().value()).isCloseTo(net * 100 / TEST, within(1e-6));
  }

  @Test
  void withoutAnOracleNothingIsCompared() {
    List<TrialResult> rest =
        RESULTS.values().stream()
            .filter(result -> !plan.oracleTrials().contains(result.specification()))
            .toList();
    TextReport report =
        new TextAnalysis(
                plan,
                training,
                unseen,
                id -> Optional.ofNullable(SCORES.get(id)),
                TextAnalysisTest::capacity)
            .report(rest);
    assertThat(report.oracle()).isEmpty();
    assertThat(report.models()).isEmpty();
  }
}
