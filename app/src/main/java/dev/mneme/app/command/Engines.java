package dev.mneme.app.command;

import dev.mneme.app.config.EngineName;
import dev.mneme.engine.Engine;
import dev.mneme.engine.reference.ReferenceEngine;

/// Makes the engine somebody named; never another one instead.
public final class Engines {
  private Engines() {}

  public static Engine create(EngineName name) {
    return switch (name) {
      case VECTOR -> new dev.mneme.engine.vector.VectorEngine();
      case REFERENCE -> new ReferenceEngine();
    };
  }
}
