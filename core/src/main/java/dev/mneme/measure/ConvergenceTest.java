package dev.mneme.measure;

import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.unit.Bits;
import java.util.List;
import java.util.Optional;

/// The second half of a capacity claim: the last doubling of steps hardly changed the figure.
///
/// Growth is `(full − half) / half`. Between −tolerance and +tolerance the run has converged.
/// Growth below −tolerance is *not* convergence: twice the steps reached less, a sign of trouble
/// such as a learning rate that jams the run. Where the shorter run memorized nothing, growth is
/// not defined and nothing has converged. From three lengths on, what a run ten times as long would
/// add is extrapolated beside it ([RemainingGain]); it informs and does not decide.
public final class ConvergenceTest {
  /// The growth over the last doubling of steps that counts as converged unless a user says
  /// otherwise.
  public static final double DEFAULT_TOLERANCE = 0.02;

  private ConvergenceTest() {}

  /// Judges step convergence.
  ///
  /// @param lengths runs on the same data and seeds with a schedule to zero each, steps ascending
  ///   by factors of two, at least two lengths; the last has all steps
  /// @param ceiling what the data set lets a model memorize, net
  /// @param tolerance finite and at least 0
  public static Convergence judge(List<Runs> lengths, Bits ceiling, double tolerance) {
    Convergence.checkTolerance(tolerance);
    if (lengths.size() < 2) {
      throw new IllegalArgumentException(
          "growth needs runs of two lengths, but was given " + lengths);
    }
    double half = lengths.get(lengths.size() - 2).mean();
    double full = lengths.getLast().mean();
    if (half <= 0) {
      return Convergence.notMeasured(
          tolerance,
          Figures.format(
              "Half the steps memorized nothing (%.4g bits, then %.4g bits), so growth is not"
                  + " defined: the run is far from converged.",
              half, full));
    }
    double growth = (full - half) / half;
    String figures =
        Figures.format(
            "The last doubling of steps changed %.4g bits to %.4g bits (%+.2f%%)",
            half, full, 100 * growth);
    String limit = "the tolerance of " + Figures.percent(tolerance);
    if (growth < -tolerance) {
      return new Convergence(
          false,
          growth,
          tolerance,
          Optional.empty(),
          figures
              + ", a loss beyond "
              + limit
              + ": not convergence but a sign of trouble, such as a learning rate too high for the"
              + " longer run.");
    }
    Optional<RemainingGain> remaining =
        lengths.size() < RemainingGain.LEAST_RUNS || !(full > 0)
            ? Optional.empty()
            : Optional.of(
                RemainingGain.extrapolate(lengths, ceiling.value(), RemainingGain.TEN_TIMES));
    boolean converged = growth <= tolerance;
    return new Convergence(
        converged,
        growth,
        tolerance,
        remaining,
        figures
            + (converged
                ? ", within " + limit + "."
                : ", more than " + limit + ": more steps would raise the figure.")
            + remaining.map(gain -> " " + gain.sentence()).orElse(""));
  }
}
