package dev.mneme.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.engine.AdamW;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          100,
          8,
          new LearningRateSchedule(0.01, 0, 0, LearningRateSchedule.Decay.COSINE),
          new AdamW(0.9, 0.99, 1e-8, 0),
          Initialization.GPT2,
          1);

  private static TrialSpecification trial(long seed) {
    return new TrialSpecification(GptConfig.of(1, 4, 8, 4), 20, PLAN, seed);
  }

  @Test
  void timeLeftFollowsTheWorkPlannedAndTheBudget() {
    AtomicLong clock = new AtomicLong();
    Workload work = new Workload(Optional.empty(), clock::get);
    Workload limited = new Workload(Optional.of(Duration.ofSeconds(100)), clock::get);
    assertThat(work.timeLeft()).isEmpty();
    for (Workload each : List.of(work, limited)) {
      each.planned(List.of(trial(1), trial(2)));
      each.progressed(new TrialProgress(trial(1), 50, 100, 1600, 1.0));
    }
    clock.set(10_000_000_000L);
    assertThat(work.share()).isEqualTo(0.25);
    assertThat(work.tokensPerSecond()).isEqualTo(160);
    assertThat(work.timeLeft()).contains(Duration.ofSeconds(30));
    assertThat(limited.timeLeft()).contains(Duration.ofSeconds(90));
    work.planned(List.of(trial(2), trial(3), trial(4)));
    assertThat(work.share()).isEqualTo(0.125);
  }

  @Test
  void aSlowStartIsForgotten() {
    AtomicLong clock = new AtomicLong();
    Workload work = new Workload(Optional.empty(), clock::get);
    work.planned(List.of(trial(1)));
    for (int second = 1; second <= 60; second++) {
      clock.set(second * 1_000_000_000L);
      int step = second <= 30 ? 0 : second - 30; // half a minute of nothing, then one step a second
      work.progressed(new TrialProgress(trial(1), step, 100, 32L * step, 1.0));
      work.timeLeft();
    }
    assertThat(work.tokensPerSecond())
        .isCloseTo(32, org.assertj.core.data.Percentage.withPercentage(10));
    assertThat(work.timeLeft().orElseThrow())
        .isBetween(Duration.ofSeconds(63), Duration.ofSeconds(77));
  }
}
