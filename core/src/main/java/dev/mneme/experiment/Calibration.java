package dev.mneme.experiment;

import dev.mneme.model.GptConfig;
import java.time.Duration;
import java.util.List;

/// How a budget became numbers of steps.
///
/// @param tasks the tasks with the steps chosen; these are the specification from now on
/// @param models one measurement per task, in their order; empty where the budget was given in
///   steps
public record Calibration(List<CapacityTask> tasks, List<Measured> models) {
  public Calibration {
    tasks = List.copyOf(tasks);
    models = List.copyOf(models);
  }

  /// One model's speed on this machine and what follows from it.
  ///
  /// @param model the model's shape
  /// @param tokensPerSecond positions trained on per second in one trial, with all threads at work
  /// @param expectedTrials full-length trials' worth of work that the plan expects (half-step runs
  ///   count by half)
  /// @param steps chosen for each trial
  /// @param share wall time meant for this model
  public record Measured(
      GptConfig model, double tokensPerSecond, double expectedTrials, long steps, Duration share) {}
}
