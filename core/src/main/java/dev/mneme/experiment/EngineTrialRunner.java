package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs trials on an engine.
record EngineTrialRunner(Engine engine) implements TrialRunner {
  @Override
  public Optional<TrialResult> run(TrialSpecification specification, TrialListener listener, BooleanSupplier stop) {
    throw new UnsupportedOperationException("being written for " + engine.identity());
  }
}
