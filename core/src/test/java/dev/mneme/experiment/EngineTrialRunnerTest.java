package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.measure.Ceiling;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.random.Seed;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineTrialRunnerTest {
  static final GptConfig MODEL = GptConfig.of(1, 8, 16, 6);

  static TrainingPlan plan(long steps, double rate) {
    return new TrainingPlan(
        steps,
        8,
        new LearningRateSchedule(rate, 0.05, 0.3, LearningRateSchedule.Decay.COSINE),
        new AdamW(0.9, 0.99, 1e-8, 0),
        new Initialization(0.08, 0.08),
        4);
  }

  private static TrialResult run(Engine engine, TrialSpecification trial) {
    return TrialRunner.on(engine)
        .run(trial, TrialListener.NONE, () -> false)
        .orElseThrow()
        .result();
  }

  @Test
  void aTrialMeasuresTrainingFreshAndUntrained() {
    TrialSpecification trial = new TrialSpecification(MODEL, 20, plan(150, 0.02), 7);

    TrialResult.Finished result = (TrialResult.Finished) run(new ReferenceEngine(), trial);

    assertThat(result.training().entropy().value()).isCloseTo(20 * 6 * 4, within(1e-9));
    assertThat(result.training().net().value())
        .isGreaterThan(0.5 * result.ceiling().value())
        .isLessThan(result.ceiling().value());
    assertThat(result.fresh().net().value()).isNegative();
    assertThat(Math.abs(result.untrained().net().value())).isLessThan(5);
    assertThat(result.ceiling())
        .isEqualTo(Ceiling.of(RandomTokens.generate(new Seed(7), "data", 16, 6, 20)));
    assertThat(result.curve()).hasSize(4);
    assertThat(result.curve().getLast().step()).isEqualTo(150);
    assertThat(result.curve().getLast().net().value())
        .isCloseTo(result.training().net().value(), within(1e-6));
    assertThat(result.provenance().trainedTokens()).isEqualTo(150 * 8 * 6);
    assertThat(result.provenance().seconds()).isPositive();
    assertThat(result.provenance().coreSeconds().orElseThrow())
        .isPositive()
        .isLessThan(result.provenance().seconds() + 0.1);
    assertThat(result.provenance().processor()).endsWith("processors");
    assertThat(result.provenance().dataHash()).hasSize(64);
  }

  @Test
  void resultsAreTheSameBitForBitWithOneThreadOrTwo() {
    List<TrialSpecification> trials = new ArrayList<>();
    for (int sequences : new int[] {1, 5, 12}) {
      for (long seed = 0; seed < 2; seed++) {
        trials.add(new TrialSpecification(MODEL, sequences, plan(25, 0.02), seed));
      }
    }
    List<TrialResult.Finished> one = finished(trials, 1);
    List<TrialResult.Finished> two = finished(trials, 2);

    for (int i = 0; i < trials.size(); i++) {
      assertThat(two.get(i))
          .usingRecursiveComparison()
          .ignoringFields("provenance.seconds", "provenance.coreSeconds")
          .isEqualTo(one.get(i));
      assertThat(two.get(i).training().net().value())
          .isEqualTo(one.get(i).training().net().value());
    }
  }

  private static List<TrialResult.Finished> finished(List<TrialSpecification> trials, int threads) {
    try (LocalExecutor executor =
        new LocalExecutor(TrialRunner.on(new ReferenceEngine()), threads)) {
      return executor.run(trials, TrialListener.NONE, () -> false).stream()
          .map(TrialResult.Finished.class::cast)
          .toList();
    }
  }

  @Test
  void aRateFarTooHighIsRecordedAsDivergedAtItsStep() {
    TrainingPlan wild =
        new TrainingPlan(
            40,
            8,
            new LearningRateSchedule(1e300, 0, 1, LearningRateSchedule.Decay.COSINE),
            new AdamW(0.9, 0.99, 1e-8, 0),
            Initialization.GPT2,
            1);

    TrialResult result = run(new ReferenceEngine(), new TrialSpecification(MODEL, 8, wild, 1));

    assertThat(result)
        .isInstanceOfSatisfying(
            TrialResult.Diverged.class,
            diverged -> {
              assertThat(diverged.step()).isBetween(1L, 40L);
              assertThat(diverged.reason()).isNotBlank();
              assertThat(diverged.id()).hasSize(64);
            });
  }

  @Test
  void runningOutOfMemoryIsRecordedAsFailed() {
    TrialResult result =
        run(
            broken(new OutOfMemoryError("Java heap space")),
            new TrialSpecification(MODEL, 8, plan(5, 0.01), 1));

    assertThat(result)
        .isInstanceOfSatisfying(
            TrialResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("out of memory").contains("-Xmx"));
  }

  @Test
  void anExceptionOfAnEngineIsRecordedAsFailed() {
    TrialResult result =
        run(
            broken(new IllegalStateException("the engine is on fire")),
            new TrialSpecification(MODEL, 8, plan(5, 0.01), 1));

    assertThat(result)
        .isInstanceOfSatisfying(
            TrialResult.Failed.class, failed -> assertThat(failed.reason()).contains("on fire"));
  }

  private static Engine broken(Throwable trouble) {
    return new Engine() {
      @Override
      public EngineIdentity identity() {
        return new EngineIdentity("broken", 1, 64, "fp64");
      }

      @Override
      public TrainableModel create(GptConfig config, double[] parameters) {
        if (trouble instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) trouble;
      }
    };
  }

  @Test
  void aStoppedTrialIsNoResult() {
    AtomicInteger asked = new AtomicInteger();
    assertThat(
            TrialRunner.on(new ReferenceEngine())
                .run(
                    new TrialSpecification(MODEL, 8, plan(50, 0.01), 1),
                    TrialListener.NONE,
                    () -> asked.incrementAndGet() > 10))
        .isEmpty();
    assertThat(asked).hasValue(11);
  }

  @Test
  void progressEndsAtTheLastStepWithAnEstimateNearTheFigure() {
    List<TrialProgress> news = new ArrayList<>();
    TrialListener listener =
        new TrialListener() {
          @Override
          public void progressed(TrialProgress progress) {
            news.add(progress);
          }
        };
    TrialSpecification trial = new TrialSpecification(MODEL, 8, plan(300, 0.02), 1);
    TrialResult.Finished result =
        (TrialResult.Finished)
            TrialRunner.on(new ReferenceEngine())
                .run(trial, listener, () -> false)
                .orElseThrow()
                .result();

    assertThat(news.getLast().step()).isEqualTo(300);
    assertThat(news.getLast().trainedTokens()).isEqualTo(300 * 8 * 6);
    assertThat(news.getLast().bitsPerParameter())
        .isCloseTo(
            result.bitsPerParameter().value(), within(0.02 * result.bitsPerParameter().value()));
  }
}
