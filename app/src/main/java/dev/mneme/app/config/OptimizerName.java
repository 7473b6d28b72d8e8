package dev.mneme.app.config;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import java.util.Locale;

/// The optimizers that a user may name.
public enum OptimizerName {
  MUON,
  ADAMW;

  /// Which one it is.
  static OptimizerName of(Optimizer optimizer) {
    return switch (optimizer) {
      case AdamW adamW -> ADAMW;
      case Muon muon -> MUON;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
