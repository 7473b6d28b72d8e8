package dev.mneme.app.config;

import dev.mneme.experiment.Budget;
import dev.mneme.experiment.CapacityTask;
import java.util.List;

/// All settings of a run, complete and checked.
///
/// @param tasks the models and how to look for their capacities; where `budget` is wall time, the
///   steps in them are placeholders until a calibration replaces them
/// @param budget for the whole call; each task's own steps where it is given in steps
/// @param engine whose arithmetic, and where
/// @param threads trials at a time
/// @param seed the first seed
/// @param yaml the same as a configuration file that leads here again
public record Resolved(
    List<CapacityTask> tasks,
    Budget budget,
    EngineChoice engine,
    int threads,
    long seed,
    String yaml) {
  public Resolved {
    tasks = List.copyOf(tasks);
  }

  /// The configuration file that repeats a run: that of these settings, with the steps that a
  /// calibration chose in place of a time.
  ///
  /// @param calibrated this object's tasks, with those steps where the budget is a time
  public String yamlOf(List<CapacityTask> calibrated) {
    if (!(budget instanceof Budget.WallTime time)) {
      return yaml;
    }
    long steps = calibrated.getFirst().plan().training().steps();
    return "# The steps were calibrated from time: "
        + Setting.TIME.write(time.duration())
        + "\n"
        + YamlWriter.write(calibrated, new Budget.Steps(steps), engine, threads, seed);
  }
}
