package dev.mneme.experiment;

import dev.mneme.measure.Convergence;
import dev.mneme.measure.Interval;
import dev.mneme.measure.Plateau;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The capacity of one model, as far as the budget reached: always a lower bound at a training
/// budget.
///
/// @param model the model's shape
/// @param plan how it was looked for
/// @param points one entry per data set size with a finished trial, ascending
/// @param peak the size with the largest mean over the scan's seeds; empty where no trial finished
/// @param plateau whether the peak is enclosed by smaller and larger data sets
/// @param convergence whether more steps would have changed the figure
/// @param shorterRuns the trials with fewer steps at the peak
/// @param trials every trial that ended, in the order in which the search asked for them
/// @param stopReason one sentence: why the search ended
/// @param interrupted whether it was stopped from outside before its end
public record CapacityReport(
    GptConfig model,
    CapacityPlan plan,
    List<SizePoint> points,
    Optional<Peak> peak,
    Plateau plateau,
    Convergence convergence,
    List<TrialResult.Finished> shorterRuns,
    List<TrialResult> trials,
    String stopReason,
    boolean interrupted) {
  public CapacityReport {
    points = List.copyOf(points);
    shorterRuns = List.copyOf(shorterRuns);
    trials = List.copyOf(trials);
  }

  /// Whether both tests of a capacity claim passed.
  public boolean reached() {
    return !interrupted && peak.isPresent() && plateau.enclosed() && convergence.converged();
  }

  /// Trials that diverged or failed.
  public List<TrialResult> failures() {
    return trials.stream().filter(trial -> !(trial instanceof TrialResult.Finished)).toList();
  }

  /// The largest net figure of any single trial; zero where none finished.
  public Bits largest() {
    return trials.stream()
        .filter(TrialResult.Finished.class::isInstance)
        .map(TrialResult.Finished.class::cast)
        .map(trial -> trial.training().net())
        .max(Comparator.naturalOrder())
        .orElse(Bits.ZERO);
  }

  /// The trials at the peak, one per seed; empty where no trial finished.
  public List<TrialResult.Finished> peakTrials() {
    return peak.stream()
        .flatMap(top -> points.stream().filter(point -> point.sequences() == top.sequences()))
        .flatMap(point -> point.trials().stream())
        .toList();
  }

  /// Where the curve is highest.
  ///
  /// @param sequences data set size, N
  /// @param capacity mean and interval over all seeds run there of the net memorized bits; with one
  ///   seed the interval is a point
  /// @param bitsPerParameter the same divided by all counted parameters
  public record Peak(int sequences, Interval capacity, Interval bitsPerParameter) {}

  /// All finished trials at one size, at the learning rate that served it best.
  ///
  /// @param sequences N
  /// @param learningRate peak rate of the schedule
  /// @param net mean and interval over seeds of net memorized bits
  /// @param trials one per seed
  public record SizePoint(
      int sequences, double learningRate, Interval net, List<TrialResult.Finished> trials) {
    public SizePoint {
      trials = List.copyOf(trials);
    }
  }
}
