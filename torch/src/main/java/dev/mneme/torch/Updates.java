package dev.mneme.torch;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.engine.OptimizerStep;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// Steps of the optimizers, on all models alike.
final class Updates {
  private Updates() {}

  /// Updates weights and moments in place.
  static void apply(OptimizerStep step, Parameters parameters) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      switch (step.optimizer()) {
        case AdamW adamW -> AdamWUpdate.apply(step, parameters, 0, parameters.entries());
        case Muon settings -> MuonUpdate.apply(step, settings, parameters);
      }
    }
  }
}
