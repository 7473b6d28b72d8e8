package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// Offers a way to run trials beyond [LocalExecutor], from a module that may or may not be there.
/// Found with [ServiceLoader].
public interface ExecutorProvider {
  /// What experiment files call it, such as `spark`.
  String name();

  /// Makes an executor; closing it gives everything back that it holds.
  ///
  /// @throws dev.mneme.model.InvalidConfigurationException where the request cannot be met, naming
  ///   every reason
  TrialExecutor open(Request request);

  /// What is asked of an executor.
  ///
  /// @param engine whose arithmetic trials are to have, wherever they run; see [EngineCatalog]
  /// @param master where the executor's own workers are found, in its own notation; empty leaves it
  ///   to the executor
  /// @param gpusPerTrial devices to be set aside for every trial, 0 for none
  /// @param checkpointFolder where trials leave their checkpoints, for workers that see the same
  ///   files
  /// @param checkpointEvery least wall time between two checkpoints of one trial
  record Request(
      EngineIdentity engine,
      Optional<String> master,
      int gpusPerTrial,
      Path checkpointFolder,
      Duration checkpointEvery) {}

  /// The provider of a name, where the running program has it.
  static Optional<ExecutorProvider> named(String name) {
    List<ExecutorProvider> all =
        ServiceLoader.load(ExecutorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return all.stream().filter(provider -> provider.name().equals(name)).findFirst();
  }
}
