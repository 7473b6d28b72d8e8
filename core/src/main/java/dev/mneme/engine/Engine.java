package dev.mneme.engine;

import dev.mneme.model.GptConfig;

/// Makes models that can be trained. The seam is coarse: one call is one optimizer step or one
/// scored batch. An engine holds no state and may be shared between threads; its models may not.
public interface Engine {
  EngineIdentity identity();

  /// Makes a model.
  ///
  /// @param parameters flat vector in the order of [dev.mneme.model.ParameterLayout]; copied
  /// @throws IllegalArgumentException where the vector does not fit the configuration
  TrainableModel create(GptConfig config, double[] parameters);
}
