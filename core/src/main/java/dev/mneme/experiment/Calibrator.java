package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Turns a budget into numbers of steps before any trial exists.
public final class Calibrator {
  private final Engine engine;
  private final int threads;

  /// @param threads how many trials will run at a time
  public Calibrator(Engine engine, int threads) {
    this.engine = engine;
    this.threads = threads;
  }

  /// Steps are taken as they are; wall time is measured out: all models share it equally.
  ///
  /// @param tasks their plans' steps are replaced
  /// @param stop once true, measuring ends early and what was measured so far is used
  public Calibration calibrate(List<CapacityTask> tasks, Budget budget, BooleanSupplier stop) {
    throw new UnsupportedOperationException("being written for " + engine.identity() + " on " + threads);
  }
}
