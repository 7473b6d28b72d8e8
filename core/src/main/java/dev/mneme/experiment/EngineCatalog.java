package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Precision;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The engines of this library and of its [EngineProvider]s, by identity: whoever is told an
/// identity computes the same bits.
public final class EngineCatalog {
  private EngineCatalog() {}

  private static Stream<Engine> vector(Precision precision) {
    return Arrays.stream(VectorWidth.values()).map(width -> new VectorEngine(width, precision));
  }

  /// The engine of an identity, whatever vectors this processor has.
  ///
  /// @throws InvalidConfigurationException where this version of the library has none of it
  public static Engine of(EngineIdentity identity) {
    Optional<Engine> engine =
        Stream.<Engine>concat(
                Arrays.stream(Precision.values())
                    .filter(precision -> precision != Precision.FP32)
                    .map(ReferenceEngine::new),
                Arrays.stream(Precision.values())
                    .filter(precision -> precision != Precision.FP64)
                    .flatMap(EngineCatalog::vector))
            .filter(one -> one.identity().equals(identity))
            .findFirst()
            .or(() ->
                EngineProvider.all().stream()
                    .flatMap(provider -> provider.of(identity).stream())
                    .findFirst());
    return engine.orElseThrow(() ->
        new InvalidConfigurationException(
            List.of(
                new Problem(
                    "engine",
                    identity.toString(),
                    "an engine of this version of Mneme",
                    "Every machine that takes part needs the same version of Mneme."))));
  }
}
