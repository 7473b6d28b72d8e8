package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import dev.mneme.measure.ControlReport;
import java.util.function.BooleanSupplier;

/// Runs the five controls that say whether figures can be trusted.
public final class ControlRunner {
  private final Engine engine;

  public ControlRunner(Engine engine) {
    this.engine = engine;
  }

  /// All five on a small setting, in seconds. Shorter where the stop signal comes.
  public ControlReport selfTest(long seed, BooleanSupplier stop) {
    throw new UnsupportedOperationException("being written for " + engine.identity());
  }

  /// The controls that a capacity run carries: fresh data and untrained model from the peak's own
  /// trials, the others by small additional trials with the run's model.
  public ControlReport forCapacity(CapacityReport report, BooleanSupplier stop) {
    throw new UnsupportedOperationException("being written for " + engine.identity());
  }
}
