package dev.mneme.app;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Tells running work to end early and in order.
public final class StopSignal implements BooleanSupplier {
  private final AtomicBoolean raised = new AtomicBoolean();

  /// Asks everyone to stop.
  public void raise() {
    raised.set(true);
  }

  @Override
  public boolean getAsBoolean() {
    return raised.get();
  }
}
