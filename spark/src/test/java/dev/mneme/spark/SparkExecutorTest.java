package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.experiment.ExecutorProvider;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialIdentity;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SparkExecutorTest {
  @TempDir Path home;

  private static TrainingPlan plan(long steps, double rate) {
    return new TrainingPlan(
        steps,
        8,
        new LearningRateSchedule(rate, 0.05, 0.3, LearningRateSchedule.Decay.COSINE),
        0.9,
        0.99,
        1e-8,
        0,
        new Initialization(0.08, 0.08),
        4);
  }

  private static List<TrialSpecification> trials(long steps) {
    List<TrialSpecification> trials = new ArrayList<>();
    for (int sequences : new int[] {1, 5, 12, 30}) {
      for (long seed = 1; seed <= 2; seed++) {
        trials.add(
            new TrialSpecification(GptConfig.of(1, 8, 16, 6), sequences, plan(steps, 0.02), seed));
      }
    }
    return trials;
  }

  private TrialExecutor spark(Engine engine, String master) {
    return new SparkExecutorProvider()
        .open(
            new ExecutorProvider.Request(
                engine.identity(), master, 0, home.resolve("checkpoints"), Duration.ofMillis(100)));
  }

  /// Collects outcomes as a listener hears them.
  private static final class Heard implements TrialListener {
    final List<TrialOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void ended(TrialOutcome outcome) {
      outcomes.add(outcome);
    }

    /// Scores and results by identity; wall time, and where it was spent, are no part of them.
    List<TrialOutcome> inOrder() {
      return outcomes.stream()
          .sorted(Comparator.comparing(outcome -> outcome.result().id()))
          .toList();
    }
  }

  private static Heard run(TrialExecutor executor, List<TrialSpecification> trials) {
    Heard heard = new Heard();
    List<TrialResult> results = executor.run(trials, heard, () -> false);
    assertThat(results).extracting(TrialResult::specification).isEqualTo(trials);
    return heard;
  }

  private static void assertSame(Heard one, Heard other) {
    assertThat(one.inOrder())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*provenance\\.seconds")
        .isEqualTo(other.inOrder());
  }

  @Test
  void localThreadsAndSparkGiveTheSameBits() {
    for (Engine engine : List.of(new VectorEngine(), new ReferenceEngine())) {
      Heard one;
      Heard two;
      Heard spark;
      try (TrialExecutor executor = new LocalExecutor(TrialRunner.on(engine), 1)) {
        one = run(executor, trials(40));
      }
      try (TrialExecutor executor = new LocalExecutor(TrialRunner.on(engine), 2)) {
        two = run(executor, trials(40));
      }
      try (TrialExecutor executor = spark(engine, "local[*]")) {
        spark = run(executor, trials(40));
      }
      assertThat(one.outcomes)
          .hasSize(8)
          .allSatisfy(outcome -> {
            assertThat(outcome.result()).isInstanceOf(TrialResult.Finished.class);
            assertThat(outcome.scores()).isPresent();
          });
      assertSame(two, one);
      assertSame(spark, one);
    }
  }

  @Test
  void anExecutorKilledInTheMiddleCostsNoTrial() throws Exception {
    Engine engine = new ReferenceEngine();
    List<TrialSpecification> trials = trials(6_000);
    Heard spark = new Heard();
    AtomicBoolean killed = new AtomicBoolean();
    try (TrialExecutor executor = spark(engine, "local-cluster[2,1,1024]")) {
      TrialListener killer =
          new TrialListener() {
            @Override
            public void ended(TrialOutcome outcome) {
              spark.ended(outcome);
              if (!killed.getAndSet(true)) {
                killOneWorker(); // while it is at its next trial
              }
            }
          };
      assertThat(executor.run(trials, killer, () -> false)).hasSize(trials.size());
    }
    assertThat(killed).isTrue();
    assertThat(spark.outcomes)
        .extracting(outcome -> outcome.result().id())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            trials.stream().map(trial -> TrialIdentity.of(trial, engine.identity())).toList());
    try (TrialExecutor executor = new LocalExecutor(TrialRunner.on(engine), 2)) {
      assertSame(spark, run(executor, trials));
    }
  }

  private static void killOneWorker() {
    List<ProcessHandle> workers =
        ProcessHandle.current()
            .descendants()
            .filter(process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
            .toList();
    assertThat(workers).as("processes of Spark's executors").hasSizeGreaterThanOrEqualTo(1);
    assertThat(workers.getFirst().destroyForcibly()).isTrue();
  }

  @Test
  void aDivergedTrialIsAResult() {
    Engine engine = new VectorEngine();
    TrainingPlan absurd =
        new TrainingPlan(
            40,
            8,
            new LearningRateSchedule(1e300, 0, 0.9, LearningRateSchedule.Decay.COSINE),
            0.9,
            0.99,
            1e-8,
            0,
            Initialization.GPT2,
            1);
    try (TrialExecutor executor = spark(engine, "local[2]")) {
      List<TrialResult> results =
          executor.run(
              List.of(new TrialSpecification(GptConfig.of(1, 8, 16, 6), 8, absurd, 1)),
              TrialListener.NONE,
              () -> false);
      assertThat(results.getFirst()).isInstanceOf(TrialResult.Diverged.class);
    }
  }

  @Test
  void aStopKeepsWhatIsFinishedAndLeavesCheckpoints() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<TrialSpecification> trials = trials(6_000);
    TrialListener first =
        new TrialListener() {
          @Override
          public void ended(TrialOutcome outcome) {
            stop.set(true);
          }
        };
    try (TrialExecutor executor = spark(new ReferenceEngine(), "local[2]")) {
      List<TrialResult> results = executor.run(trials, first, stop::get);
      assertThat(results).hasSizeBetween(1, trials.size() - 1);
    }
    try (var left = Files.list(home.resolve("checkpoints"))) {
      assertThat(left).isNotEmpty();
    }
  }

  @Test
  void whatNoWorkerCanComputeEndsTheRun() {
    EngineIdentity other = new EngineIdentity("abacus", 1, 64, "fp64");
    try (TrialExecutor executor =
        new SparkExecutorProvider()
            .open(
                new ExecutorProvider.Request(
                    other, "local[2]", 0, home.resolve("checkpoints"), Duration.ofMinutes(1)))) {
      assertThatThrownBy(() -> executor.run(trials(5), TrialListener.NONE, () -> false))
          .isInstanceOf(SparkTroubleException.class)
          .hasMessageContaining("Spark gave the trials up");
    }
  }

  @Test
  void whatCannotBeIsRefusedBeforeSparkStarts() {
    ExecutorProvider.Request request =
        new ExecutorProvider.Request(
            new VectorEngine().identity(), "local[", 2, home, Duration.ofMinutes(1));
    assertThatThrownBy(() -> new SparkExecutorProvider().open(request))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(InvalidConfigurationException.Problem::field)
                    .containsExactly("master", "gpus-per-trial"));
  }

  @Test
  void theProgramFindsIt() {
    assertThat(ExecutorProvider.named("spark"))
        .hasValueSatisfying(
            provider -> assertThat(provider).isInstanceOf(SparkExecutorProvider.class));
    assertThat(ExecutorProvider.named("slurm")).isEmpty();
  }
}
