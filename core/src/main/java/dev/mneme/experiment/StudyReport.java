package dev.mneme.experiment;

import dev.mneme.measure.CapacityLine;
import dev.mneme.unit.Bits;
import java.util.List;
import java.util.Optional;

/// What a study of several models found.
///
/// @param reports one per model, in the order of the tasks
/// @param interrupted whether it was stopped from outside
public record StudyReport(List<CapacityReport> reports, boolean interrupted) {
  public StudyReport {
    reports = List.copyOf(reports);
  }

  /// Whether every model's capacity was reached.
  public boolean reached() {
    return !reports.isEmpty() && reports.stream().allMatch(CapacityReport::reached);
  }

  /// Capacity against parameters of every model with a peak, in the order of the reports.
  public List<CapacityLine.Point> linePoints() {
    return reports.stream()
        .flatMap(report ->
            report.peak().stream()
                .map(peak ->
                    new CapacityLine.Point(
                        report.model().parameterCount().total(), new Bits(peak.capacity().mean()))))
        .toList();
  }

  /// The line through the origin; empty with fewer than 2 models that have a peak.
  public Optional<CapacityLine.ThroughOrigin> lineThroughOrigin() {
    List<CapacityLine.Point> points = linePoints();
    return points.size() < 2 ? Optional.empty() : Optional.of(CapacityLine.throughOrigin(points));
  }

  /// The line with an intercept; empty with fewer than 3 models that have a peak, or where all have
  /// equally many parameters.
  public Optional<CapacityLine.WithIntercept> lineWithIntercept() {
    List<CapacityLine.Point> points = linePoints();
    boolean differ =
        points.stream().mapToLong(CapacityLine.Point::parameters).distinct().count() > 1;
    return points.size() < 3 || !differ
        ? Optional.empty()
        : Optional.of(CapacityLine.withIntercept(points));
  }
}
