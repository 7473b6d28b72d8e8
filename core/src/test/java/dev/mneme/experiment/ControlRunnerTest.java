package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.measure.Control;
import dev.mneme.measure.ControlReport;
import dev.mneme.model.GptConfig;
import dev.mneme.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlRunnerTest {
  /// 3.2 thousand parameters; a sequence holds 8 bits, so 14 of them are a hundredth of the
  /// capacity.
  private static final GptConfig MODEL = GptConfig.of(1, 16, 4, 4);

  @Test
  void allFiveControlsPassOnAModelThatHasMemorized() {
    GptConfig model = GptConfig.of(1, 16, 8, 6);
    ControlReport report =
        new ControlRunner(new ReferenceEngine())
            .selfTest(model, 24, EngineTrialRunnerTest.plan(400, 0.02), new Seed(5), () -> false);

    assertThat(report.failed()).isEmpty();
    assertThat(report.controls()).extracting(Control::number).containsExactly(1, 2, 3, 4, 5);
    assertThat(report.allPassed()).isTrue();
  }

  @Test
  void aStoppedRunHasNotPassed() {
    ControlReport report = new ControlRunner(new ReferenceEngine()).selfTest(1, () -> true);

    assertThat(report.allPassed()).isFalse();
    assertThat(report.missing()).contains(1, 2, 5);
  }

  @Test
  void aCapacityRunCarriesFreshAndUntrainedControlsOfEveryPeakTrial() {
    CapacityPlan plan =
        new CapacityPlan(
            EngineTrialRunnerTest.plan(60, 0.02),
            List.of(0.01, 0.015),
            1.5,
            2,
            List.of(1L, 2L),
            2,
            List.of(),
            0,
            1,
            0,
            0.02);
    CapacityReport capacity;
    try (LocalExecutor executor = new LocalExecutor(TrialRunner.on(new ReferenceEngine()), 2)) {
      capacity =
          new CapacityStudy(executor)
              .run(List.of(new CapacityTask(MODEL, plan)), StudyListener.NONE, () -> false)
              .reports()
              .getFirst();
    }
    ControlReport report =
        new ControlRunner(new ReferenceEngine()).forCapacity(capacity, () -> false);

    assertThat(capacity.reached()).isFalse();
    assertThat(report.controls()).extracting(Control::number).containsExactly(1, 1, 2, 3, 3, 4, 5);
    assertThat(report.controls())
        .filteredOn(control -> control.number() >= 2)
        .allMatch(Control::passed);
  }
}
