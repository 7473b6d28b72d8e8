package dev.mneme.experiment;

/// Hears about trials while they run. [LocalExecutor] makes one call at a time, from whatever
/// thread runs the trial; calls for one trial come in their order. An exception from a listener
/// ends the run of the executor that made the call.
public interface TrialListener {
  /// Hears nothing.
  TrialListener NONE = new TrialListener() {};

  /// A trial is not run, because its result is known from an earlier run.
  default void known(TrialResult result) {}

  /// A trial begins.
  default void started(TrialSpecification specification) {}

  /// A trial has done some more steps; several times a second at most.
  default void progressed(TrialProgress progress) {}

  /// A trial finished, diverged or failed.
  default void ended(TrialOutcome outcome) {}
}
