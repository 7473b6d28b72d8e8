package dev.mneme.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.training.LearningRateSchedule.Decay;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
  private static final long STEPS = 23;

  @TempDir Path folder;

  /// Every engine stops and goes on alike.
  static Stream<Engine> engines() {
    return Stream.of(new ReferenceEngine(), new VectorEngine());
  }

  static TrainingTask task(double rate) {
    GptConfig config = new GptConfig(1, 8, 2, 13, 5, true);
    TrainingPlan plan =
        new TrainingPlan(
            STEPS,
            3,
            new LearningRateSchedule(rate, 0.1, 0.2, Decay.COSINE),
            new AdamW(0.9, 0.99, 1e-8, 0),
            new Initialization(0.1, 0.1),
            4);
    Seed seed = new Seed(5);
    return new TrainingTask(config, RandomTokens.generate(seed, "data", 13, 5, 10), plan, seed);
  }

  private static ModelState unbroken(Trainer trainer, TrainingTask task) {
    try (TrainableModel model = trainer.initialModel(task)) {
      assertThat(trainer.train(model, task, TrainingListener.NONE, () -> false))
          .isEqualTo(new TrainingOutcome.Completed(STEPS));
      return model.state();
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void stoppingAndGoingOnChangesNoBit(Engine engine) throws IOException {
    Trainer trainer = new Trainer(engine);
    TrainingTask task = task(0.02);
    ModelState expected = unbroken(trainer, task);
    RandomStream random = new Seed(99).stream();
    for (int trial = 0; trial < 5; trial++) {
      Path path = folder.resolve("trial-" + trial);
      long step = 0;
      ModelState reached = ModelState.initial(new double[0]);
      TrainingCheckpointFiles.write(path.resolve("0"), start(trainer, task));
      while (step < STEPS) { // each leg in a new model, from files
        TrainingCheckpoint checkpoint =
            TrainingCheckpointFiles.read(path.resolve(String.valueOf(step)));
        assertThat(checkpoint.step()).isEqualTo(step);
        long stopAt = Math.min(STEPS, step + 1 + random.nextInt(9));
        long[] done = {step};
        TrainingListener count =
            new TrainingListener() {
              @Override
              public void stepDone(long number, Bits codeLength, long positions) {
                done[0] = number;
              }
            };
        try (TrainableModel model = trainer.restoredModel(task, checkpoint)) {
          TrainingOutcome outcome =
              trainer.train(model, task, step, count, Checkpointing.NEVER, () -> done[0] >= stopAt);
          assertThat(outcome.step()).isEqualTo(stopAt);
          step = stopAt;
          TrainingCheckpointFiles.write(
              path.resolve(String.valueOf(step)), trainer.checkpoint(model, task, step));
          reached = model.state();
        }
      }
      assertSameBits(reached, expected);
    }
  }

  @Test
  void periodicCheckpointsContinueToTheSameBits() throws IOException {
    Trainer trainer = new Trainer(new ReferenceEngine());
    TrainingTask task = task(0.02);
    TrainingCheckpointStore store = new TrainingCheckpointStore(folder.resolve("kept"));
    assertThat(store.latest()).isEmpty();
    try (TrainableModel model = trainer.initialModel(task)) {
      trainer.train(model, task, 0, TrainingListener.NONE, store.every(5), () -> false);
    }
    assertThat(folder.resolve("kept").toFile().list()).containsExactly("step-000000000020");
    TrainingCheckpoint latest =
        new TrainingCheckpointStore(folder.resolve("kept")).latest().orElseThrow();
    try (TrainableModel model = trainer.restoredModel(task, latest)) {
      trainer.train(
          model, task, latest.step(), TrainingListener.NONE, Checkpointing.NEVER, () -> false);
      assertSameBits(model.state(), unbroken(trainer, task));
    }
  }

  @Test
  void allThatDoesNotFitTheCheckpointIsNamedAtOnce() {
    Trainer trainer = new Trainer(new ReferenceEngine());
    TrainingTask task = task(0.02);
    TrainingTask other =
        new TrainingTask(
            task.config(), task.data().first(9), task.plan().withSteps(STEPS + 1), new Seed(6));
    TrainingCheckpoint checkpoint = start(trainer, task);
    assertThatThrownBy(() -> trainer.restoredModel(other, checkpoint))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.field())
                    .containsExactly("training plan", "seed", "training data (SHA-256)"));
  }

  @Test
  void theCurveScoresTheWholeTrainingSet() {
    Trainer trainer = new Trainer(new ReferenceEngine());
    TrainingTask task = task(0.02);
    Map<Long, Bits> curve = new LinkedHashMap<>();
    List<Long> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(long step, Bits codeLength, long positions) {
            steps.add(step);
            assertThat(positions).isEqualTo(3 * 5);
          }

          @Override
          public void curvePoint(long step, CodeLengths codeLengths) {
            curve.put(step, codeLengths.total());
          }
        };
    try (TrainableModel model = trainer.initialModel(task)) {
      trainer.train(model, task, listener, () -> false);
      assertThat(curve.keySet()).containsExactlyElementsOf(CurveSteps.of(task.plan()));
      CodeLengths whole = model.codeLengths(TokenBatch.all(task.data()));
      assertThat(curve).containsEntry(STEPS, whole.total());
      assertThat(Scoring.codeLengths(model, task.data(), 3)).isEqualTo(whole);
    }
    assertThat(steps).hasSize((int) STEPS).isSorted();
  }

  @Test
  void divergenceIsAnOutcome() {
    Trainer trainer = new Trainer(new ReferenceEngine());
    TrainingTask task = task(1e300);
    try (TrainableModel model = trainer.initialModel(task)) {
      assertThat(trainer.train(model, task, TrainingListener.NONE, () -> false))
          .isInstanceOfSatisfying(
              TrainingOutcome.Diverged.class,
              diverged -> {
                assertThat(diverged.step()).isBetween(1L, 3L);
                assertThat(diverged.reason()).isNotBlank();
              });
    }
  }

  @Test
  void dataThatDoNotFitTheModelAreRefused() {
    TrainingTask task = task(0.01);
    assertThatThrownBy(() ->
            new TrainingTask(
                new GptConfig(1, 8, 2, 14, 4, true), task.data(), task.plan(), task.seed()))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  static TrainingCheckpoint start(Trainer trainer, TrainingTask task) {
    try (TrainableModel model = trainer.initialModel(task)) {
      assertThat(model.state().parameters()).hasSize(ParameterLayout.of(task.config()).size());
      return trainer.checkpoint(model, task, 0);
    }
  }

  static void assertSameBits(ModelState actual, ModelState expected) {
    assertThat(bits(actual.parameters())).isEqualTo(bits(expected.parameters()));
    assertThat(bits(actual.firstMoment())).isEqualTo(bits(expected.firstMoment()));
    assertThat(bits(actual.secondMoment())).isEqualTo(bits(expected.secondMoment()));
  }

  private static long[] bits(double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    return bits;
  }
}
