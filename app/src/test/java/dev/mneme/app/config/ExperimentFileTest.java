package dev.mneme.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.engine.Precision;
import dev.mneme.experiment.PredictedSize;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentFileTest {
  private static ExperimentPlan plan(String text) {
    return ExperimentFile.parse(text, "test.yaml");
  }

  private static List<TrialSpecification> trials(String text) {
    return plan(text).experiment().trials();
  }

  private static List<Problem> mistakes(String text) {
    UsageException refused = catchThrowableOfType(UsageException.class, () -> plan(text));
    assertThat(refused).as("%s is refused", text).isNotNull();
    return refused.problems();
  }

  @Test
  void aGridIsEveryCombination() {
    List<TrialSpecification> trials =
        trials(
            """
            models: [1x16, 2x16]
            vocabulary: [32, 64]
            sequence-length: 8
            sequences: [50, 100, 200]
            learning-rate: [0.01, 0.02]
            steps: 300
            seeds: 2
            """);
    assertThat(trials).hasSize(2 * 2 * 3 * 2 * 2).doesNotHaveDuplicates();
    assertThat(trials.getFirst().model()).isEqualTo(GptConfig.of(1, 16, 32, 8));
    assertThat(trials.getFirst().sequences()).isEqualTo(50);
    assertThat(trials.getFirst().plan().steps()).isEqualTo(300);
    assertThat(trials.getFirst().plan().schedule().peak()).isEqualTo(0.01);
    assertThat(trials).extracting(TrialSpecification::seed).containsOnly(1L, 2L);
  }

  @Test
  void sizesMayBeGivenAsMultiplesOfThePredictedOne() {
    GptConfig model = GptConfig.of(1, 16, 64, 16);
    assertThat(
            trials(
                """
                models: 1x16
                vocabulary: 64
                sequence-length: 16
                fill: [0.5, 1]
                steps: 10
                """))
        .extracting(TrialSpecification::sequences)
        .containsExactly(
            PredictedSize.whole(model, 0.5 * PredictedSize.of(model)),
            PredictedSize.whole(model, PredictedSize.of(model)));
  }

  @Test
  void anEntryWinsOverWhatHoldsForAll() {
    List<TrialSpecification> trials =
        trials(
            """
            fill: 1
            steps: 100
            seed: [4, 9]
            trials:
              - {model: 1x16, sequences: [10, 20]}
              - {model: 1x32, sequences: 30, steps: 7, seed: 5}
            """);
    assertThat(trials)
        .extracting(
            trial -> trial.model().width(),
            TrialSpecification::sequences,
            trial -> trial.plan().steps(),
            TrialSpecification::seed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(16, 10, 100L, 4L),
            org.assertj.core.groups.Tuple.tuple(16, 10, 100L, 9L),
            org.assertj.core.groups.Tuple.tuple(16, 20, 100L, 4L),
            org.assertj.core.groups.Tuple.tuple(16, 20, 100L, 9L),
            org.assertj.core.groups.Tuple.tuple(32, 30, 7L, 5L));
  }

  @Test
  void aTrialDeclaredTwiceRunsOnce() {
    ExperimentPlan plan = plan("sequences: [10, 20, 10]\nsteps: 5\n");
    assertThat(plan.experiment().trials()).hasSize(2);
    assertThat(plan.repeated()).isEqualTo(1);
  }

  @Test
  void generalSettingsHaveDefaults() {
    ExperimentPlan plan = plan("sequences: 10\nsteps: 5\n");
    assertThat(plan.experiment().name()).isEqualTo("test");
    assertThat(plan.experiment().configuration()).contains("sequences: 10");
    assertThat(plan.engines()).containsExactly(EngineChoice.of(EngineName.VECTOR));
    assertThat(plan.executor()).isEqualTo(ExecutorName.LOCAL);
    assertThat(plan.threads()).isEmpty();
    assertThat(plan.checkpointEvery()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void everyTrialRunsInEachPrecision() {
    ExperimentPlan plan = plan("sequences: 10\nsteps: 5\nprecision: [fp32, ternary]\n");
    assertThat(plan.experiment().trials()).hasSize(1);
    assertThat(plan.engines())
        .extracting(EngineChoice::precision)
        .containsExactly(Precision.FP32, Precision.TERNARY);
  }

  @Test
  void aPrecisionIsThatOfTheWholeFile() {
    assertThatThrownBy(() -> plan("steps: 5\ntrials:\n  - {sequences: 10, precision: bf16}\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("precision outside of trials");
  }

  @Test
  void theCommandLineWinsForHowToRun() {
    ExperimentPlan plan =
        plan("sequences: 10\nsteps: 5\nthreads: 3\n")
            .with(Optional.of("spark"), Optional.of("local[2]"), Optional.of("7"));
    assertThat(plan.executor()).isEqualTo(ExecutorName.SPARK);
    assertThat(plan.master()).contains("local[2]");
    assertThat(plan.threads()).contains(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "models: [] | 'test.yaml line 1: models' | an empty list",
        "sequences: [] | 'test.yaml line 1: sequences' | an empty list",
        "sequences: 0 | 'test.yaml line 1: sequences' | 0",
        "sequences: [10, zwei] | 'test.yaml line 1: sequences' | zwei",
        "sequences: 2000000000 | 'test.yaml line 1: sequences' | 2000000000",
        "fill: -1 | 'test.yaml line 1: fill' | -1",
        "steps: 0 | 'test.yaml line 1: steps' | 0",
        "learning-rate: [0.1, 0] | 'test.yaml line 1: learning-rate' | 0",
        "precision: [bf16, fp64] | 'test.yaml line 1: precision' | fp64 beside engine vector",
        "precision: fp8 | 'test.yaml line 1: precision' | fp8",
        "data: wikipedia | 'test.yaml line 1: data' | wikipedia",
        "engine: vectro | 'test.yaml line 1: engine' | vectro",
        "name: a/b | 'test.yaml line 1: name' | a/b",
        "name: ../up | 'test.yaml line 1: name' | ../up",
        "executor: slurm | 'test.yaml line 1: executor' | slurm",
        "master: local | 'test.yaml line 1: master' | local beside executor: local",
        "gpus-per-trial: 1 | 'test.yaml line 1: gpus-per-trial' | 1 beside executor: local",
        "trials: [] | 'test.yaml line 1: trials' | an empty list",
        "trials: 5 | 'test.yaml line 1: trials' | something else",
        "models: 2x33x4 | 'test.yaml line 1: models (model 2x33x4)' | heads 4",
        "seed: 9223372036854775807 | 'test.yaml line 1: seed' | 9223372036854775807",
      })
  void aMistakeIsNamedWithItsLine(String line, String source, String given) {
    String rest =
        Stream.of("sequences: 10", "steps: 5", "seeds: 2")
            .filter(other -> !line.startsWith(other.substring(0, other.indexOf(':') + 1)))
            .filter(other -> !(line.startsWith("fill") && other.startsWith("sequences")))
            .reduce("", (text, other) -> text + other + "\n");
    assertThat(mistakes(line + "\n" + rest))
        .anySatisfy(problem -> {
          assertThat(problem.field()).isEqualTo(source);
          assertThat(problem.given()).startsWith(given);
          assertThat(problem.hint()).isNotBlank();
        });
  }

  @Test
  void everyMistakeIsReportedAtOnceAndOnce() {
    List<Problem> problems =
        mistakes(
            """
            modles: [1x16, 2x16]
            vocabulary: [1, 64]
            sequences: [10, 20]
            fill: 1
            warmup: 0.5
            flat: [0.4, 0.7]
            seeds: 2
            seed: [1, 2]
            threads: many
            trials:
              - {model: 1x16, width: 3}
              - 7
            """);
    assertThat(problems)
        .extracting(Problem::field)
        .contains(
            "test.yaml line 1: modles",
            "test.yaml line 2: vocabulary",
            "test.yaml line 4: fill",
            "test.yaml line 6: flat",
            "test.yaml line 7: seeds",
            "test.yaml line 9: threads",
            "test.yaml line 11: width",
            "test.yaml line 12: trials")
        .anySatisfy(field -> assertThat(field).isEqualTo("test.yaml line 11: trials"))
        .doesNotHaveDuplicates();
    assertThat(problems.getFirst().hint()).isEqualTo("Did you mean models?");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(mistakes("models: 1x16\n"))
        .extracting(Problem::given)
        .contains("no data set size", "no steps");
  }

  @Test
  void aGridTooLargeIsRefusedBeforeItIsMade() {
    String thousand =
        Stream.iterate(1, i -> i + 1).limit(1000).map(String::valueOf).toList().toString();
    assertThat(
            mistakes(
                "sequences: " + thousand + "\nsteps: " + thousand + "\nseed: " + thousand + "\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.given()).contains("1,000,000,000 trials"));
    String rates =
        Stream.iterate(1, i -> i + 1)
            .limit(1000)
            .map(i -> String.valueOf(i / 1000.0))
            .toList()
            .toString();
    assertThat(
            mistakes(
                "sequences: 1\nsteps: 1\nlearning-rate: " + rates + "\nbeta1: " + rates + "\n"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2] | a list",
        "sequences: {a: 1} | a group of settings",
        "sequences: | nothing",
        "sequences: 'a | text that is not YAML",
      })
  void whatIsNoExperimentFileIsRefused(String text, String given) {
    assertThat(mistakes(text)).extracting(Problem::given).contains(given);
  }

  static Stream<Path> checkedIn() throws IOException {
    Path folder = Path.of("..", "experiments");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("checkedIn")
  void everyCheckedInExperimentIsRight(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.startsWith("text-")) {
      TextStudySettings study =
          new TextResolver(List.of(ConfigFile.readText(file)), Path.of("")).resolve();
      assertThat(study.models()).isNotEmpty();
    } else if (name.startsWith("capacity-")) {
      assertThat(new Resolver(List.of(ConfigFile.read(file)), 2).resolve().tasks()).isNotEmpty();
    } else {
      assertThat(ExperimentFile.read(file).experiment().trials()).isNotEmpty();
    }
  }
}
