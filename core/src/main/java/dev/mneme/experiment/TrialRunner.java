package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs one trial on the calling thread.
@FunctionalInterface
public interface TrialRunner {
  /// Runs a trial to its end.
  ///
  /// @param listener hears of progress only; start and end are the executor's to tell
  /// @param stop asked between steps; once true the trial is given up
  /// @return the outcome, also where the trial diverged or failed; empty where it was given up
  Optional<TrialOutcome> run(
      TrialSpecification specification, TrialListener listener, BooleanSupplier stop);

  /// Trains on random tokens with an engine.
  static TrialRunner on(Engine engine) {
    return on(engine, ModelSink.NONE);
  }

  /// The same, handing the model of every finished trial on.
  static TrialRunner on(Engine engine, ModelSink models) {
    return new EngineTrialRunner(engine, TrialData.RANDOM_TOKENS, models, Optional.empty());
  }

  /// The same with checkpoints: a trial that was cut off goes on where it was left, to the same
  /// bits.
  static TrialRunner on(Engine engine, ModelSink models, TrialCheckpoints checkpoints) {
    return on(engine, TrialData.RANDOM_TOKENS, models, checkpoints);
  }

  /// The same on other data than random tokens.
  static TrialRunner on(
      Engine engine, TrialData data, ModelSink models, TrialCheckpoints checkpoints) {
    return new EngineTrialRunner(engine, data, models, Optional.of(checkpoints));
  }
}
