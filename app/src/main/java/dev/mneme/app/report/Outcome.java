package dev.mneme.app.report;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.config.Resolved;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.Calibration;
import dev.mneme.experiment.CapacityReport;
import dev.mneme.experiment.StudyReport;
import dev.mneme.measure.CapacityLine;
import dev.mneme.measure.ControlReport;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that a run found.
///
/// @param command `demo` or `capacity`
/// @param settings what was asked for
/// @param engine whose arithmetic
/// @param calibration how time became steps
/// @param study one report per model
/// @param controls one report per model, in the same order; fewer where the run was interrupted
/// @param seconds wall time of the whole run
/// @param interrupted whether it was stopped from outside, be it while the controls ran
public record Outcome(
    String command,
    Resolved settings,
    EngineIdentity engine,
    Calibration calibration,
    StudyReport study,
    List<ControlReport> controls,
    double seconds,
    boolean interrupted) {
  public Outcome {
    controls = List.copyOf(controls);
  }

  /// Whether every model's controls were all made and passed.
  public boolean controlsPassed() {
    return controls.size() == study.reports().size()
        && controls.stream().allMatch(ControlReport::allPassed);
  }

  /// Whether every model's peak is enclosed.
  public boolean plateausSeen() {
    return !study.reports().isEmpty()
        && study.reports().stream()
            .allMatch(report -> report.peak().isPresent() && report.plateau().enclosed());
  }

  /// The line of capacity against parameters, where there are two models of different size or more.
  /// The line through the origin, whose slope is in bits per parameter.
  public Optional<CapacityLine.ThroughOrigin> line() {
    List<CapacityLine.Point> points = new ArrayList<>();
    for (CapacityReport report : study.reports()) {
      report
          .peak()
          .ifPresent(peak ->
              points.add(
                  new CapacityLine.Point(
                      report.model().parameterCount().total(), new Bits(peak.capacity().mean()))));
    }
    return points.stream().mapToLong(CapacityLine.Point::parameters).distinct().count() >= 2
        ? Optional.of(CapacityLine.throughOrigin(points))
        : Optional.empty();
  }

  /// Why the capacity of a model may not be claimed even where plateau and convergence hold: a
  /// control that failed or was not made.
  ///
  /// @param model index of its report
  public Optional<String> objection(int model) {
    return model < controls.size()
        ? controls.get(model).objection()
        : Optional.of("the controls were not made");
  }

  /// What the program says to its caller. The demo shows plateau and convergence as measured and
  /// claims nothing, so it asks for the controls alone.
  public int exitStatus() {
    if (interrupted) {
      return ExitStatus.INTERRUPTED;
    }
    if (!controlsPassed()) {
      return ExitStatus.CONTROL_FAILED;
    }
    boolean enough = command.equals("demo") || study.reached();
    return enough ? ExitStatus.OK : ExitStatus.CAPACITY_NOT_REACHED;
  }
}
