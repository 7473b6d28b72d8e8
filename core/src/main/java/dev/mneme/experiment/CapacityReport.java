package dev.mneme.experiment;

import dev.mneme.measure.Convergence;
import dev.mneme.measure.Interval;
import dev.mneme.measure.Plateau;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.List;

/// The capacity of one model, as far as the budget reached: always a lower bound at a training
/// budget.
///
/// @param model the model's shape
/// @param points one entry per data set size, ascending
/// @param peakSequences the data set size with the largest mean
/// @param capacity mean and interval over seeds of the net memorized bits at the peak, in bits; with one seed the
///     interval is a point
/// @param bitsPerParameter the same divided by all counted parameters
/// @param plateau whether the peak is enclosed by smaller and larger data sets
/// @param convergence whether more steps would have changed the figure
/// @param failures trials that diverged or failed
public record CapacityReport(
    GptConfig model,
    List<SizePoint> points,
    int peakSequences,
    Interval capacity,
    Interval bitsPerParameter,
    Plateau plateau,
    Convergence convergence,
    List<TrialResult> failures) {
  public CapacityReport {
    points = List.copyOf(points);
    failures = List.copyOf(failures);
  }

  /// Whether both tests of a capacity claim passed.
  public boolean reached() {
    return plateau.enclosed() && convergence.converged();
  }

  /// The largest net figure of any single trial.
  public Bits largest() {
    return points.stream()
        .flatMap(point -> point.trials().stream())
        .map(trial -> trial.training().net())
        .max(Bits::compareTo)
        .orElse(Bits.ZERO);
  }

  /// All finished trials at one size.
  ///
  /// @param sequences N
  /// @param net mean and interval over seeds of net memorized bits
  /// @param trials one per seed
  public record SizePoint(int sequences, Interval net, List<TrialResult.Finished> trials) {
    public SizePoint {
      trials = List.copyOf(trials);
    }
  }
}
