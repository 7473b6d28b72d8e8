package dev.mneme.experiment;

import dev.mneme.training.TrainingPlan;
import java.util.List;
import java.util.stream.LongStream;

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
/// @param halfStepSeeds how many of the seeds are run again with fewer steps at the peak, 0 to
///   `seeds.size()`; 0 leaves convergence unmeasured
/// @param halvings how many lengths these runs have: 1 for half the steps, 3 for half, a quarter
///   and an eighth, which shows how fast the gains shrink; at least 1
/// @param doublings how many times the search may be made again with twice the steps while the last
///   doubling still raised the figure by more than the tolerance; 0 for one search
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
    int halvings,
    int doublings,
    double tolerance) {
  /// Sizes of a search with twice the steps, in multiples of the peak before it.
  private static final List<Double> AROUND_PEAK = List.of(0.9, 1.0, 1.1, 1.25);

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
    require(doublings >= 0, "doublings", doublings, "at least 0");
    require(halvings >= 1, "halvings", halvings, "at least 1");
    require(
        tolerance >= 0 && Double.isFinite(tolerance),
        "tolerance",
        tolerance,
        "a finite share of at least 0");
  }

  /// The same plan with another way to train.
  public CapacityPlan withTraining(TrainingPlan other) {
    return new CapacityPlan(
        other,
        grid,
        growth,
        maximumSizes,
        seeds,
        scanSeeds,
        sweep,
        halfStepSeeds,
        halvings,
        doublings,
        tolerance);
  }

  /// The same plan with another number of steps for each trial.
  public CapacityPlan withSteps(long steps) {
    return withTraining(training.withSteps(steps));
  }

  /// The next search: twice the steps, and sizes around the peak that was found. More training
  /// moves the peak to larger sizes, if at all. The full runs at the old peak are the shorter runs
  /// of the next search and need not be made again.
  ///
  /// @param peak data set size of the peak as a multiple of the predicted one
  public CapacityPlan doubled(double peak) {
    List<Double> around = AROUND_PEAK.stream().map(factor -> factor * peak).toList();
    return new CapacityPlan(
        training.withSteps(2 * training.steps()),
        around,
        growth,
        Math.max(maximumSizes, around.size()),
        seeds,
        scanSeeds,
        sweep,
        halfStepSeeds,
        halvings,
        doublings - 1,
        tolerance);
  }

  /// Steps of the shorter runs, longest first; fewer than [#halvings()] where the steps run out.
  public List<Long> shorterSteps() {
    return LongStream.rangeClosed(1, halvings)
        .map(halving -> training.steps() >> Math.min(halving, Long.SIZE - 1))
        .takeWhile(steps -> steps >= 1)
        .boxed()
        .toList();
  }

  /// The work of one seed's shorter runs, in multiples of a full run's.
  public double shorterWork() {
    return 1 - Math.scalb(1.0, -Math.min(halvings, 60));
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
