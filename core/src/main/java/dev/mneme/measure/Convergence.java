package dev.mneme.measure;

import java.util.Optional;

/// Whether more steps would have changed the figure: growth from a run of half the steps (with its
/// own schedule to zero) to the full run, and, where still shorter runs exist, what a run ten times
/// as long would add. Judged by [ConvergenceTest].
///
/// @param converged whether the growth is within the tolerance
/// @param growth relative growth over the last doubling of steps, such as 0.034 for 3.4%; NaN where
///   it was not measured, or is not defined because the shorter run memorized nothing
/// @param tolerance the largest growth that counts as converged, finite and at least 0
/// @param remaining what ten times the steps would add; empty where runs of three lengths were not
///   made
/// @param explanation one or two sentences for a reader
public record Convergence(
    boolean converged,
    double growth,
    double tolerance,
    Optional<RemainingGain> remaining,
    String explanation) {
  public Convergence {
    checkTolerance(tolerance);
    if (converged && !(Math.abs(growth) <= tolerance)) {
      throw new IllegalArgumentException(
          "a growth of " + growth + " is not within the tolerance of " + tolerance);
    }
  }

  static void checkTolerance(double tolerance) {
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a tolerance must be finite and at least 0, such as 0.02, but was " + tolerance);
    }
  }

  /// The judgement where no run of half the steps exists: not converged, growth NaN.
  ///
  /// @param reason a sentence that says why, such as `The budget ended before the shorter run.`
  public static Convergence notMeasured(double tolerance, String reason) {
    return new Convergence(false, Double.NaN, tolerance, Optional.empty(), reason);
  }

  /// Whether there is a growth figure.
  public boolean measured() {
    return !Double.isNaN(growth);
  }
}
