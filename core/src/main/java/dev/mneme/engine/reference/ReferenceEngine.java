package dev.mneme.engine.reference;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;

/// The engine that all others are measured against: double precision, plain loops, one thread.
/// Slow; meant for tests and for checking a result, not for experiments.
public final class ReferenceEngine implements Engine {
  private final Constants constants;
  private final Precision precision;

  public ReferenceEngine() {
    this(Precision.FP64);
  }

  /// An engine that says what a precision means.
  ///
  /// @param precision any but [Precision#FP32], which is a matter of the order of operations
  public ReferenceEngine(Precision precision) {
    this(Constants.GPT2, precision);
  }

  ReferenceEngine(Constants constants) {
    this(constants, Precision.FP64);
  }

  private ReferenceEngine(Constants constants, Precision precision) {
    if (precision == Precision.FP32) {
      throw new IllegalArgumentException(
          "the reference computes in double precision, but was asked for " + precision);
    }
    this.constants = constants;
    this.precision = precision;
  }

  @Override
  public EngineIdentity identity() {
    return new EngineIdentity("reference", 1, 64, precision.toString());
  }

  @Override
  public TrainableModel create(GptConfig config, double[] parameters) {
    return new ReferenceModel(
        ParameterLayout.of(config), constants, new Arithmetic(precision), parameters);
  }
}
