package dev.mneme.experiment;

import dev.mneme.training.TrainingPlan;
import java.util.List;

/// How to look for the capacity of one model. Every trial does the same number of optimizer steps,
/// whatever the size of its data set, so that sizes are compared at equal training.
///
/// @param training how each trial trains; its steps are the full number and its rate the first one
///   tried
/// @param grid first data set sizes as multiples of the predicted one, ascending, at least one
/// @param growth factor between neighbouring sizes when more are added, above 1
/// @param maximumSizes most data set sizes to try, at least as many as the grid has
/// @param seeds each sets data, initialization and order; distinct, at least one
/// @param scanSeeds how many of the seeds, from the first, every size is tried with; the others are
///   run at the peak alone. 1 to `seeds.size()`
/// @param sweep factors on the learning rate to try where a size diverges or falls more than 5%
///   below the peak at a smaller size; may be empty
/// @param halfStepSeeds how many of the seeds are run again with half the steps at the peak, 0 to
///   `seeds.size()`; 0 leaves convergence unmeasured
/// @param tolerance largest relative growth over the last doubling of steps that counts as
///   converged
public record CapacityPlan(
    TrainingPlan training,
    List<Double> grid,
    double growth,
    int maximumSizes,
    List<Long> seeds,
    int scanSeeds,
    List<Double> sweep,
    int halfStepSeeds,
    double tolerance) {

  /// @throws IllegalArgumentException where a value is out of its range
  public CapacityPlan {
    grid = List.copyOf(grid);
    seeds = List.copyOf(seeds);
    sweep = List.copyOf(sweep);
    require(
        !grid.isEmpty() && grid.stream().allMatch(CapacityPlan::positive),
        "grid",
        grid,
        "positive factors");
    require(ascending(grid), "grid", grid, "factors in ascending order");
    require(growth > 1 && Double.isFinite(growth), "growth", growth, "a finite factor above 1");
    require(
        maximumSizes >= grid.size(),
        "maximum sizes",
        maximumSizes,
        "at least the " + grid.size() + " of the grid");
    require(
        !seeds.isEmpty() && seeds.stream().distinct().count() == seeds.size(),
        "seeds",
        seeds,
        "distinct seeds");
    require(
        scanSeeds >= 1 && scanSeeds <= seeds.size(),
        "scan seeds",
        scanSeeds,
        "1 to " + seeds.size());
    require(sweep.stream().allMatch(CapacityPlan::positive), "sweep", sweep, "positive factors");
    require(
        halfStepSeeds >= 0 && halfStepSeeds <= seeds.size(),
        "half-step seeds",
        halfStepSeeds,
        "0 to " + seeds.size());
    require(
        tolerance >= 0 && Double.isFinite(tolerance),
        "tolerance",
        tolerance,
        "a finite share of at least 0");
  }

  /// The same plan with another way to train.
  public CapacityPlan withTraining(TrainingPlan other) {
    return new CapacityPlan(
        other, grid, growth, maximumSizes, seeds, scanSeeds, sweep, halfStepSeeds, tolerance);
  }

  /// The same plan with another number of steps for each trial.
  public CapacityPlan withSteps(long steps) {
    return withTraining(training.withSteps(steps));
  }

  private static boolean positive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static boolean ascending(List<Double> values) {
    for (int i = 1; i < values.size(); i++) {
      if (!(values.get(i - 1) < values.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds, String field, Object given, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(field + " must be " + expected + ", but was " + given);
    }
  }
}
