package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Precision;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// Offers an engine beyond those of this library, from a module that may or may not be there. Found
/// with [ServiceLoader].
public interface EngineProvider {
  /// What settings call it, such as `torch`.
  String name();

  /// The engine on a device.
  ///
  /// @param device in the engine's own notation, such as `cpu` or `cuda:1`
  /// @param precision one that the engine has
  /// @throws dev.mneme.model.InvalidConfigurationException where there is no such device, or
  ///   something has to be installed first
  Engine open(String device, Precision precision);

  /// The engine of an identity, where it is one of these and this machine can compute with it.
  Optional<Engine> of(EngineIdentity identity);

  /// All that the running program has.
  static List<EngineProvider> all() {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /// The provider of a name, where the running program has it.
  static Optional<EngineProvider> named(String name) {
    return all().stream().filter(provider -> provider.name().equals(name)).findFirst();
  }
}
