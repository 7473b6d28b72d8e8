package dev.mneme.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.config.Resolved;
import dev.mneme.app.config.Resolver;
import dev.mneme.app.output.Page;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.Calibration;
import dev.mneme.experiment.CapacityReport;
import dev.mneme.experiment.CapacityTask;
import dev.mneme.experiment.StudyReport;
import dev.mneme.measure.Control;
import dev.mneme.measure.ControlReport;
import dev.mneme.measure.Convergence;
import dev.mneme.measure.Interval;
import dev.mneme.measure.Plateau;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is claimed, and with which exit status, for every combination that matters.
class VerdictTest {
  private static final int NONE = 0;

  private static Outcome outcome(String command, boolean enclosed, int failingControl) {
    Resolved settings = new Resolver(List.of(), 1).resolve();
    CapacityTask task = settings.tasks().getFirst();
    CapacityReport report =
        new CapacityReport(
            task.model(),
            task.plan(),
            List.of(),
            Optional.of(
                new CapacityReport.Peak(
                    100, new Interval(9, 8, 10, 3), new Interval(0.9, 0.8, 1, 3))),
            new Plateau(enclosed, 1, 2, "As it was seen."),
            new Convergence(true, 0.01, 0.02, Optional.empty(), "As it was measured."),
            List.of(),
            List.of(),
            "no more sizes may be tried",
            false);
    List<Control> controls =
        IntStream.rangeClosed(1, ControlReport.CONTROLS)
            .mapToObj(number ->
                new Control(number, "control", number != failingControl, "Figures.", 0, 1))
            .toList();
    return new Outcome(
        command,
        settings,
        new EngineIdentity("fake", 1, 64, "fp64"),
        new Calibration(settings.tasks(), List.of()),
        new StudyReport(List.of(report), false),
        List.of(new ControlReport(controls)),
        1,
        false);
  }

  private static String summary(Outcome outcome) {
    Page page = Page.ofFile();
    Summary.write(outcome, page);
    return page.text();
  }

  @Test
  void aCapacityIsReachedWithPlateauConvergenceAndControls() {
    Outcome outcome = outcome("capacity", true, NONE);
    assertThat(outcome.exitStatus()).isEqualTo(ExitStatus.OK);
    assertThat(summary(outcome)).contains("capacity reached").doesNotContain("not claimed");
  }

  @Test
  void noCapacityIsClaimedBesideAFailedControl() {
    Outcome outcome = outcome("capacity", true, 2);
    assertThat(outcome.exitStatus()).isEqualTo(ExitStatus.CONTROL_FAILED);
    assertThat(summary(outcome))
        .contains("capacity not claimed: control 2 failed.")
        .doesNotContain("capacity reached");
  }

  @Test
  void withoutAPlateauTheReasonOfTheEndIsShown() {
    Outcome outcome = outcome("capacity", false, NONE);
    assertThat(outcome.exitStatus()).isEqualTo(ExitStatus.CAPACITY_NOT_REACHED);
    assertThat(summary(outcome))
        .contains("capacity not reached", "The search ended: no more sizes may be tried.");
  }

  @Test
  void theDemoAsksForItsControlsAlone() {
    assertThat(outcome("demo", false, NONE).exitStatus()).isEqualTo(ExitStatus.OK);
    assertThat(outcome("demo", true, 5).exitStatus()).isEqualTo(ExitStatus.CONTROL_FAILED);
  }
}
