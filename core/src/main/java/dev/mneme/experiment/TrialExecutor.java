package dev.mneme.experiment;

import java.util.List;
import java.util.function.BooleanSupplier;

/// Runs many trials. May be called from several threads at once: the calls then share its workers.
/// Results do not depend on how many workers there are or on what else runs.
public interface TrialExecutor extends AutoCloseable {
  /// Runs trials and waits for them.
  ///
  /// @param listener hears of each trial as it starts, goes on and ends
  /// @param stop once true, running trials are given up between steps and no others begin
  /// @return the results in the order of the specifications, whatever order they ended in; trials
  ///   that were given up are left out. One trial that diverges or fails does not stop others.
  List<TrialResult> run(
      List<TrialSpecification> trials, TrialListener listener, BooleanSupplier stop);

  /// How many trials run at a time.
  int parallelism();

  /// Gives up whatever still runs, and gives back what it holds.
  @Override
  default void close() {}
}
