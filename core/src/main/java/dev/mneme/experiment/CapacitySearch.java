package dev.mneme.experiment;

import java.util.List;

/// Decides, from the results alone, which trials the capacity of one model needs next.
public final class CapacitySearch {
  private final CapacityTask task;

  public CapacitySearch(CapacityTask task) {
    this.task = task;
  }

  /// What to do next.
  public sealed interface Next {
    /// Run these trials and ask again.
    ///
    /// @param reason one phrase for a reader
    /// @param trials none of them known yet, at least one
    record Run(String reason, List<TrialSpecification> trials) implements Next {}

    /// The search is over.
    ///
    /// @param reason one sentence
    record Done(String reason) implements Next {}
  }

  /// Decides.
  ///
  /// @param results all trials of this search that ended so far, in any order
  public Next next(List<TrialResult> results) {
    throw new UnsupportedOperationException("being written");
  }

  /// Says what the results add up to.
  ///
  /// @param stopReason why the search ended
  /// @param interrupted whether it was stopped from outside
  public CapacityReport report(List<TrialResult> results, String stopReason, boolean interrupted) {
    throw new UnsupportedOperationException("being written for " + task);
  }
}
