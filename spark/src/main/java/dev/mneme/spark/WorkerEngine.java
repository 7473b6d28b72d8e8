package dev.mneme.spark;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.experiment.EngineCatalog;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.List;

/// The engine on a worker. Trials are known by the identity of their engine, vector width included,
/// so a worker computes at the width of the driver, whatever its own processor prefers. Vectors
/// wider than the processor's would give the same bits, but several hundred times slower.
final class WorkerEngine {
  private WorkerEngine() {}

  /// The engine of an identity.
  ///
  /// @param widest the widest vectors of this processor
  /// @throws InvalidConfigurationException where this worker has none, or one that is too slow
  static Engine of(EngineIdentity wanted, VectorWidth widest) {
    if (wanted.vectorBits() > widest.bits()) {
      throw new InvalidConfigurationException(
          List.of(
              new Problem(
                  "engine",
                  "a worker whose processor has vectors of " + widest.bits() + " bits",
                  wanted.vectorBits() + " bits, as the driver's processor has",
                  "Start the driver with -XX:MaxVectorSize="
                      + widest.bits() / Byte.SIZE
                      + ", which ./mneme takes from MNEME_JAVA_OPTS.")));
    }
    return EngineCatalog.of(wanted);
  }
}
