package dev.mneme.spark;

import dev.mneme.experiment.TrialOutcome;
import dev.mneme.model.InvalidConfigurationException.Problem;

/// What a task says of its trial.
sealed interface TaskAnswer {
  /// The trial finished, diverged or failed.
  record Ended(TrialOutcome outcome) implements TaskAnswer {}

  /// The trial was given up because the task was told to.
  record GivenUp() implements TaskAnswer {}

  /// Checkpoints cannot be written.
  record NoStorage(Problem problem) implements TaskAnswer {}

  /// The worker cannot run the trial as it was asked to.
  record Unfit(Problem problem) implements TaskAnswer {}

  /// Something nobody foresaw.
  ///
  /// @param trace where it happened
  record Mistake(String trace) implements TaskAnswer {}
}
