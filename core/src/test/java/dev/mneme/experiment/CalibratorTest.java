package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibratorTest {
  private static final CapacityTask TASK = new CapacityTask(FakeTrials.MODEL, FakeTrials.plan());

  @Test
  void aNumberOfStepsIsTakenAsItIsWithoutMeasuring() {
    Calibration calibration =
        new Calibrator(new ReferenceEngine(), 2)
            .calibrate(List.of(TASK), new Budget.Steps(123), () -> false);

    assertThat(calibration.models()).isEmpty();
    assertThat(calibration.tasks())
        .containsExactly(new CapacityTask(TASK.model(), TASK.plan().withSteps(123)));
  }

  @Test
  void expectedTrialsCountSizesSeedsHalfRunsAndASweep() {
    // 5 sizes and 2 more, 2 other seeds, 3 half runs, 3 other rates once
    assertThat(Calibrator.expectedTrials(TASK.plan())).isEqualTo(7 + 2 + 1.5 + 3);
  }

  @Test
  void stepsFillThePlannedShareOfTheTime() {
    Duration share = Duration.ofMinutes(10);
    double speed = 50_000;
    long steps = Calibrator.steps(TASK, speed, 2, share);

    // on 2 threads: 5 sizes in 3 turns, 2 more in 1, 3 other rates in 2, and 2 + 3 / 2 in 2
    assertThat(Calibrator.trialTimes(TASK.plan(), 2)).isEqualTo(3 + 1 + 2 + 2);
    assertThat(Calibrator.trialTimes(TASK.plan(), 16)).isEqualTo(4);
    assertThat(Calibrator.trialTimes(TASK.plan(), 1)).isEqualTo(5 + 2 + 3 + 3.5);
    double trained = steps * 16.0 * 8 * 8;
    assertThat(trained / speed).isCloseTo(0.85 * 600, within(0.02 * 600));
    assertThat(Calibrator.steps(TASK, 1e-3, 1, Duration.ofSeconds(1))).isEqualTo(1);
    assertThat(Calibrator.steps(TASK, speed, 1, Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void wallTimeIsMeasuredOutEquallyAndReported() {
    CapacityTask smaller = new CapacityTask(GptConfig.of(1, 4, 8, 4), TASK.plan());

    Calibration calibration =
        new Calibrator(new ReferenceEngine(), 2)
            .calibrate(
                List.of(TASK, smaller), new Budget.WallTime(Duration.ofSeconds(4)), () -> false);

    assertThat(calibration.models())
        .hasSize(2)
        .allSatisfy(model -> {
          assertThat(model.tokensPerSecond()).isPositive();
          assertThat(model.share()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
        });
    assertThat(calibration.models().getFirst().share())
        .isEqualTo(calibration.models().getLast().share());
    assertThat(calibration.tasks().getLast().plan().training().steps())
        .isEqualTo(calibration.models().getLast().steps());
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatThrownBy(() -> new Budget.WallTime(Duration.ZERO)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Budget.Steps(0)).hasMessageContaining("at least 1");
  }
}
