package dev.mneme.experiment;

import java.util.Optional;

/// All that came of a trial: its result, and the scores of single sequences, which are too many to
/// keep in memory for every trial and so are handed on once.
///
/// @param result how it ended
/// @param scores of a finished trial; empty for every other one
public record TrialOutcome(TrialResult result, Optional<SampleScores> scores) {
  /// An outcome without scores.
  public static TrialOutcome of(TrialResult result) {
    return new TrialOutcome(result, Optional.empty());
  }
}
