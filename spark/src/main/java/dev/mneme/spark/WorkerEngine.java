package dev.mneme.spark;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Engines by name and by identity. Trials are known by the identity of their engine, vector width
/// included, so a worker computes at the width of the driver whatever its own processor prefers, or
/// not at all.
final class WorkerEngine {
  private WorkerEngine() {}

  /// The engine of a name as this machine runs it best; empty where there is none of that name.
  static Optional<Engine> named(String name) {
    return switch (name) {
      case "vector" -> Optional.of(new VectorEngine());
      case "reference" -> Optional.of(new ReferenceEngine());
      default -> Optional.empty();
    };
  }

  /// The engine of an identity.
  ///
  /// @throws InvalidConfigurationException where this worker cannot give those bits
  static Engine of(EngineIdentity wanted) {
    return of(wanted, VectorWidth.preferred());
  }

  /// @param widest the widest vectors of the processor
  static Engine of(EngineIdentity wanted, VectorWidth widest) {
    Optional<Engine> engine =
        wanted.name().equals("vector")
            ? width(wanted.vectorBits()).map(VectorEngine::new)
            : named(wanted.name());
    if (engine.isEmpty() || !engine.get().identity().equals(wanted)) {
      throw new InvalidConfigurationException(
          List.of(
              new Problem(
                  "engine",
                  engine.map(own -> own.identity().toString()).orElse("none") + " on a worker",
                  wanted.toString(),
                  "Give driver and workers the same version of Mneme.")));
    }
    if (wanted.vectorBits() > widest.bits() && wanted.name().equals("vector")) {
      throw new InvalidConfigurationException(
          List.of(
              new Problem(
                  "engine",
                  "a worker whose processor has vectors of " + widest.bits() + " bits",
                  wanted.vectorBits() + " bits, as the driver's processor has",
                  "Start the driver with -XX:MaxVectorSize="
                      + widest.bits() / Byte.SIZE
                      + ", for which ./mneme reads MNEME_JAVA_OPTS.")));
    }
    return engine.get();
  }

  private static Optional<VectorWidth> width(int bits) {
    return Arrays.stream(VectorWidth.values()).filter(width -> width.bits() == bits).findFirst();
  }
}
