package dev.mneme.training;

/// How training ended.
public sealed interface TrainingOutcome {
  /// Steps that are done and count.
  long step();

  /// All steps were done.
  record Completed(long step) implements TrainingOutcome {}

  /// The caller asked to stop; the model stands after `step` steps and can go on from there.
  record Interrupted(long step) implements TrainingOutcome {}

  /// A value was not finite; the model is of no further use.
  ///
  /// @param step during which step, or in the scoring after it
  /// @param reason in words
  record Diverged(long step, String reason) implements TrainingOutcome {}
}
