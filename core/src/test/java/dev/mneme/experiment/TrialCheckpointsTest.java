package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialCheckpointsTest {
  private static final TrialSpecification TRIAL =
      new TrialSpecification(
          EngineTrialRunnerTest.MODEL, 12, EngineTrialRunnerTest.plan(60, 0.02), 3);

  @TempDir Path home;

  private TrialRunner runner(Engine engine, Duration interval) {
    return TrialRunner.on(engine, ModelSink.NONE, new TrialCheckpoints(home, interval));
  }

  private static TrialOutcome unbroken(Engine engine, TrialSpecification trial) {
    return TrialRunner.on(engine).run(trial, TrialListener.NONE, () -> false).orElseThrow();
  }

  private static Optional<TrialOutcome> stoppedAfter(
      int steps, TrialRunner runner, TrialSpecification trial) {
    AtomicInteger asked = new AtomicInteger();
    return runner.run(trial, TrialListener.NONE, () -> asked.incrementAndGet() > steps);
  }

  private static void assertSame(TrialOutcome one, TrialOutcome other) {
    assertThat(one.result())
        .usingRecursiveComparison()
        .ignoringFields("provenance.seconds", "provenance.coreSeconds")
        .isEqualTo(other.result());
    assertThat(one.scores()).isEqualTo(other.scores());
  }

  private Path folder(Engine engine) {
    return home.resolve(TrialIdentity.of(TRIAL, engine.identity()));
  }

  @Test
  void aTrialStoppedAgainAndAgainEndsWithTheBitsOfAnUnbrokenOne() {
    for (Engine engine : List.of(new ReferenceEngine(), new VectorEngine())) {
      TrialRunner runner = runner(engine, Duration.ofDays(1)); // checkpoints at stops alone
      List<Integer> sittings = List.of(0, 1, 7, 13, 2, 30);
      for (int steps : sittings) {
        assertThat(stoppedAfter(steps, runner, TRIAL)).isEmpty();
      }
      List<Long> steps = new ArrayList<>();
      TrialListener listener =
          new TrialListener() {
            @Override
            public void progressed(TrialProgress progress) {
              steps.add(progress.step());
            }
          };
      TrialOutcome resumed = runner.run(TRIAL, listener, () -> false).orElseThrow();

      assertSame(resumed, unbroken(engine, TRIAL));
      // it did go on: 53 of 60 steps were behind it
      AtomicInteger asked = new AtomicInteger();
      runner.run(
          TRIAL,
          TrialListener.NONE,
          () -> {
            asked.incrementAndGet();
            return false;
          });
      assertThat(asked).hasValue(7);
    }
  }

  @Test
  void whatACheckpointAtEveryStepLeavesBehindIsEnough() {
    Engine engine = new ReferenceEngine();
    assertThat(stoppedAfter(41, runner(engine, Duration.ZERO), TRIAL)).isEmpty();
    assertThat(folder(engine)).isDirectoryContaining("glob:**/step-000000000041");
    assertSame(
        runner(engine, Duration.ZERO).run(TRIAL, TrialListener.NONE, () -> false).orElseThrow(),
        unbroken(engine, TRIAL));
  }

  @Test
  void secondsAddUpOverSittings() throws IOException {
    Engine engine = new ReferenceEngine();
    stoppedAfter(20, runner(engine, Duration.ofDays(1)), TRIAL);
    Path history = folder(engine).resolve(TrialCheckpoints.HISTORY);
    double first = TrialHistory.read(history).seconds();
    assertThat(first).isPositive();
    stoppedAfter(20, runner(engine, Duration.ofDays(1)), TRIAL);
    assertThat(TrialHistory.read(history).seconds()).isGreaterThan(first);
  }

  @Test
  void aDamagedCheckpointIsGivenUpAndTheTrialBeginsAnew() throws IOException {
    Engine engine = new ReferenceEngine();
    for (String damaged : List.of("weights", "history", "gone")) {
      stoppedAfter(30, runner(engine, Duration.ofDays(1)), TRIAL);
      Path folder = folder(engine);
      switch (damaged) {
        case "weights" -> {
          try (Stream<Path> files = Files.list(folder.resolve("step-000000000030"))) {
            Path largest =
                files
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
            byte[] content = Files.readAllBytes(largest);
            content[content.length / 2] ^= 1;
            Files.write(largest, content);
          }
        }
        case "history" ->
            Files.writeString(
                folder.resolve(TrialCheckpoints.HISTORY),
                "{\"format\":\"mneme-trial-progress/1\",\"seconds\":1,\"curve\":[]}");
        default -> Files.delete(folder.resolve(TrialCheckpoints.HISTORY));
      }
      assertSame(
          runner(engine, Duration.ZERO).run(TRIAL, TrialListener.NONE, () -> false).orElseThrow(),
          unbroken(engine, TRIAL));
      new TrialCheckpoints(home, Duration.ZERO).discard(folder.getFileName().toString());
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void halvesThatAKilledProcessLeftAreSweptAway() throws IOException {
    Engine engine = new ReferenceEngine();
    stoppedAfter(30, runner(engine, Duration.ofDays(1)), TRIAL);
    Path half = folder(engine).resolve(".step-000000000031.partial-1-1-0");
    Files.createDirectories(half);
    Files.writeString(half.resolve("model.safetensors"), "half");
    Files.writeString(folder(engine).resolve(".progress.json.partial-1-1-0"), "half");

    stoppedAfter(1, runner(engine, Duration.ofDays(1)), TRIAL);

    assertThat(folder(engine).toFile().list())
        .containsExactlyInAnyOrder("progress.json", "step-000000000031");
  }

  /// The weights of such a model are infinite after its first step, and only the next one says so.
  @Test
  void aModelAboutToDivergeLeavesNoCheckpointAndDiverges() {
    TrainingPlan wild =
        new TrainingPlan(
            40,
            8,
            new LearningRateSchedule(1e300, 0, 0.9, LearningRateSchedule.Decay.COSINE),
            new AdamW(0.9, 0.99, 1e-8, 0),
            Initialization.GPT2,
            1);
    TrialSpecification trial = new TrialSpecification(EngineTrialRunnerTest.MODEL, 8, wild, 1);
    for (Engine engine : List.of(new ReferenceEngine(), new VectorEngine())) {
      TrialOutcome kept =
          runner(engine, Duration.ZERO).run(trial, TrialListener.NONE, () -> false).orElseThrow();
      assertThat(kept.result()).isInstanceOf(TrialResult.Diverged.class);
      assertSame(kept, unbroken(engine, trial));
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsNoPropertyOfTheTrial() throws IOException {
    Engine engine = new ReferenceEngine();
    Path file = Files.writeString(home.resolve("file"), "");
    TrialRunner runner =
        TrialRunner.on(
            engine, ModelSink.NONE, new TrialCheckpoints(file.resolve("below"), Duration.ZERO));
    assertThatThrownBy(() -> runner.run(TRIAL, TrialListener.NONE, () -> false))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.problem().field()).isEqualTo("checkpoint"));
  }
}
