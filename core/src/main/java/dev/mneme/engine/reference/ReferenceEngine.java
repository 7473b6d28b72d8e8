package dev.mneme.engine.reference;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;

/// The engine that all others are measured against: double precision, plain loops, one thread.
/// Slow; meant for tests and for checking a result, not for experiments.
public final class ReferenceEngine implements Engine {
  private static final EngineIdentity IDENTITY = new EngineIdentity("reference", 1, 64, "fp64");

  private final Constants constants;

  public ReferenceEngine() {
    this(Constants.GPT2);
  }

  ReferenceEngine(Constants constants) {
    this.constants = constants;
  }

  @Override
  public EngineIdentity identity() {
    return IDENTITY;
  }

  @Override
  public TrainableModel create(GptConfig config, double[] parameters) {
    return new ReferenceModel(ParameterLayout.of(config), constants, parameters);
  }
}
