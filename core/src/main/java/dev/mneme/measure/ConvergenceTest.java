package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.Locale;

/// The second half of a capacity claim: the last doubling of steps hardly changed the figure.
///
/// Growth is `(full − half) / half`. Between −tolerance and +tolerance the run has converged. Growth
/// below −tolerance is *not* convergence: twice the steps reached less, a sign of trouble such as a
/// learning rate that jams the run. Where the shorter run memorized nothing, growth is not defined
/// and nothing has converged.
public final class ConvergenceTest {
  /// The growth over the last doubling of steps that counts as converged unless a user says otherwise.
  public static final double DEFAULT_TOLERANCE = 0.02;

  private ConvergenceTest() {}

  /// Judges step convergence.
  ///
  /// @param half mean net memorized bits of runs with half the steps and their own schedule to zero
  /// @param full the same with all steps, same data and seeds
  /// @param tolerance finite and at least 0
  public static Convergence judge(Bits half, Bits full, double tolerance) {
    if (half.value() <= 0) {
      return Convergence.notMeasured(
          tolerance,
          format(
              "Half the steps memorized nothing (%.4g bits, then %.4g bits), so growth is not"
                  + " defined: the run is far from converged.",
              half.value(), full.value()));
    }
    double growth = (full.value() - half.value()) / half.value();
    String figures =
        format(
            "The last doubling of steps changed %.4g bits to %.4g bits (%+.2f%%)",
            half.value(), full.value(), 100 * growth);
    String limit = format("the tolerance of %.4g%%", 100 * tolerance);
    if (growth > tolerance) {
      return new Convergence(
          false, growth, tolerance,
          figures + ", more than " + limit + ": more steps would raise the figure.");
    }
    if (growth < -tolerance) {
      return new Convergence(
          false, growth, tolerance,
          figures + ", a loss beyond " + limit
              + ": not convergence but a sign of trouble, such as a learning rate too high for the"
              + " longer run.");
    }
    return new Convergence(true, growth, tolerance, figures + ", within " + limit + ".");
  }

  private static String format(String pattern, Object... figures) {
    return String.format(Locale.ROOT, pattern, figures);
  }
}
