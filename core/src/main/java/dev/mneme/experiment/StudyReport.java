package dev.mneme.experiment;

import java.util.List;

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
}
