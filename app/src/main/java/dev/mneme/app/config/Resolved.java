package dev.mneme.app.config;

import dev.mneme.experiment.Budget;
import dev.mneme.experiment.CapacityTask;
import java.util.List;

/// All settings of a run, complete and checked.
///
/// @param tasks the models and how to look for their capacities; where `budget` is wall time, the
///   steps in them are placeholders until a calibration replaces them
/// @param budget for the whole call; each task's own steps where it is given in steps
/// @param engine whose arithmetic
/// @param threads trials at a time
/// @param seed the first seed
/// @param yaml the same as a configuration file that leads here again
public record Resolved(
    List<CapacityTask> tasks,
    Budget budget,
    EngineName engine,
    int threads,
    long seed,
    String yaml) {
  public Resolved {
    tasks = List.copyOf(tasks);
  }
}
