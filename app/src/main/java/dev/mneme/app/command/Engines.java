package dev.mneme.app.command;

import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.config.UsageException;
import dev.mneme.engine.Engine;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.experiment.EngineProvider;
import dev.mneme.model.InvalidConfigurationException;

/// Makes the engine somebody asked for; never another one instead.
public final class Engines {
  private Engines() {}

  /// @throws UsageException where the program was started without it, or something it needs is
  ///   missing
  public static Engine create(EngineChoice choice) {
    return switch (choice.name()) {
      case VECTOR -> new VectorEngine(choice.precision());
      case REFERENCE -> new ReferenceEngine(choice.precision());
      case TORCH -> provided(choice);
    };
  }

  private static Engine provided(EngineChoice choice) {
    String name = choice.name().toString();
    EngineProvider provider =
        EngineProvider.named(name)
            .orElseThrow(() ->
                new UsageException(
                    "engine",
                    name + ", which this program was started without",
                    "an engine that is there: vector or reference",
                    "Say --engine " + name + " on the command line: ./mneme then adds it."));
    try {
      return provider.open(choice.device(), choice.precision());
    } catch (InvalidConfigurationException e) {
      throw new UsageException(e.problems());
    }
  }
}
