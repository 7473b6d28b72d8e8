package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialIdentityTest {
  private static final AdamW ADAMW = new AdamW(0.9, 0.99, 1e-8, 0);
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          1000,
          16,
          new LearningRateSchedule(0.01, 0.05, 0.3, LearningRateSchedule.Decay.COSINE),
          ADAMW,
          Initialization.GPT2,
          3);
  private static final TrialSpecification TRIAL =
      new TrialSpecification(new GptConfig(1, 32, 1, 2048, 64, true), 400, PLAN, 7);
  private static final EngineIdentity ENGINE = new EngineIdentity("vector", 1, 256, "fp32");

  /// The golden: computed once from the text below with `sha256sum`. Stored trials are found by it,
  /// so it must not change.
  @Test
  void theIdentityOfAStoredTrialNeverChanges() {
    assertThat(TrialIdentity.canonical(TRIAL, ENGINE))
        .isEqualTo(
            """
            mneme-trial=2
            layers=1
            width=32
            heads=1
            vocabulary=2048
            length=64
            tied=true
            sequences=400
            seed=7
            steps=1000
            batch=16
            rate=0x1.47ae147ae147bp-7
            warmup=0x1.999999999999ap-5
            flat=0x1.3333333333333p-2
            decay=COSINE
            beta1=0x1.ccccccccccccdp-1
            beta2=0x1.fae147ae147aep-1
            epsilon=0x1.5798ee2308c3ap-27
            weightDecay=0x0.0p0
            embeddingDeviation=0x1.47ae147ae147bp-6
            weightDeviation=0x1.47ae147ae147bp-6
            curvePoints=3
            engine=vector
            numerics=1
            vectorBits=256
            precision=fp32
            data=random-tokens/1
            """);
    assertThat(TrialIdentity.of(TRIAL, ENGINE))
        .isEqualTo("4f6e8fc7c98b551f7372cac4c0a04cd12332f9dd23f94f451fe72df025dc1c71");
  }

  @Test
  void everythingThatDecidesTheBitsChangesTheIdentity() {
    String original = TrialIdentity.of(TRIAL, ENGINE);
    List<String> others =
        List.of(
            TrialIdentity.of(TRIAL, new EngineIdentity("reference", 1, 256, "fp32")),
            TrialIdentity.of(TRIAL, new EngineIdentity("vector", 2, 256, "fp32")),
            TrialIdentity.of(TRIAL, new EngineIdentity("vector", 1, 512, "fp32")),
            TrialIdentity.of(TRIAL, new EngineIdentity("vector", 1, 256, "fp64")),
            TrialIdentity.of(new TrialSpecification(TRIAL.model(), 401, PLAN, 7), ENGINE),
            TrialIdentity.of(new TrialSpecification(TRIAL.model(), 400, PLAN, 8), ENGINE),
            TrialIdentity.of(
                new TrialSpecification(TRIAL.model(), 400, PLAN.withSteps(999), 7), ENGINE),
            TrialIdentity.of(
                new TrialSpecification(
                    TRIAL.model(), 400, PLAN.withPeakLearningRate(Math.nextUp(0.01)), 7),
                ENGINE),
            TrialIdentity.of(
                new TrialSpecification(new GptConfig(1, 32, 1, 2048, 64, false), 400, PLAN, 7),
                ENGINE),
            of(new AdamW(0.91, 0.99, 1e-8, 0)),
            of(new Muon(0.95, 0.1, 3, ADAMW)),
            of(new Muon(0.94, 0.1, 3, ADAMW)),
            of(new Muon(0.95, 0.2, 3, ADAMW)),
            of(new Muon(0.95, 0.1, 2, ADAMW)));

    assertThat(others).doesNotContain(original).doesNotHaveDuplicates();
  }

  private static String of(Optimizer optimizer) {
    TrainingPlan plan =
        new TrainingPlan(
            PLAN.steps(),
            PLAN.batchSize(),
            PLAN.schedule(),
            optimizer,
            PLAN.initialization(),
            PLAN.curvePoints());
    return TrialIdentity.of(new TrialSpecification(TRIAL.model(), 400, plan, 7), ENGINE);
  }
}
