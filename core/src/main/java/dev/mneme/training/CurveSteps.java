package dev.mneme.training;

import java.util.List;
import java.util.stream.LongStream;

/// After which steps the whole training set is scored: evenly spaced on a logarithmic axis, the
/// last one at the last step.
public final class CurveSteps {
  private CurveSteps() {}

  /// The steps `steps^(i/n)` for `i = 1 … n`, rounded, ascending and without repetition; so a short
  /// run has fewer than `plan.curvePoints()` of them.
  public static List<Long> of(TrainingPlan plan) {
    int points = plan.curvePoints();
    return LongStream.rangeClosed(1, points)
        .map(i -> i == points ? plan.steps() : at(plan.steps(), (double) i / points))
        .distinct()
        .boxed()
        .toList();
  }

  private static long at(long steps, double share) {
    return Math.min(steps, Math.round(StrictMath.pow(steps, share)));
  }
}
