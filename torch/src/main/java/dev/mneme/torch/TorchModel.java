package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.BatchChecks;
import dev.mneme.engine.Gradient;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.List;

/// A model of the torch engine.
final class TorchModel implements TrainableModel {
  private final GptConfig config;
  private final NativeCalls calls;
  private final Autocast autocast;
  private final Parameters parameters;
  private final Training training;
  private final Scoring scoring;

  TorchModel(
      GptConfig config,
      TorchDevice device,
      Autocast autocast,
      Portions portions,
      double[] initial) {
    this.autocast = autocast;
    this.config = config;
    ParameterLayout layout = ParameterLayout.of(config);
    checkSize(layout.size(), initial.length);
    Transfer transfer = new Transfer(device);
    this.calls = new NativeCalls(device);
    this.parameters = calls.run(() -> new Parameters(layout, 1, transfer));
    Network network = new Network(parameters);
    this.training = new Training(network, parameters, transfer, portions);
    this.scoring = new Scoring(network, config, transfer);
    calls.run(() -> parameters.restore(0, ModelState.initial(initial)));
  }

  private static void checkSize(int expected, int given) {
    if (given != expected) {
      throw new IllegalArgumentException(
          "a parameter vector of this model has " + expected + " entries, but was given " + given);
    }
  }

  @Override
  public GptConfig config() {
    return config;
  }

  @Override
  public Bits trainStep(TokenBatch batch, OptimizerStep step) {
    BatchChecks.requireFitting(batch, config);
    return calls.run(() -> step(batch, step));
  }

  private Bits step(TokenBatch batch, OptimizerStep step) {
    Bits codeLength = accumulate(batch);
    Updates.apply(step, parameters);
    return codeLength;
  }

  @Override
  public Gradient gradient(TokenBatch batch) {
    BatchChecks.requireFitting(batch, config);
    return calls.run(() -> new Gradient(accumulate(batch), parameters.gradientValues(0)));
  }

  @Override
  public CodeLengths codeLengths(TokenBatch batch) {
    BatchChecks.requireFitting(batch, config);
    return calls.run(() -> autocast.within(() -> scoring.codeLengths(batch)));
  }

  @Override
  public double[] logits(TokenBatch batch) {
    BatchChecks.requireFitting(batch, config);
    return calls.run(() -> autocast.within(() -> scoring.logits(batch)));
  }

  @Override
  public int[] complete(TokenBatch batch, int prefix) {
    BatchChecks.requirePrefix(batch, prefix);
    BatchChecks.requireFitting(batch, config);
    return calls.run(() -> autocast.within(() -> scoring.complete(batch, prefix)));
  }

  @Override
  public ModelState state() {
    return calls.run(() -> parameters.state(0));
  }

  @Override
  public void restore(ModelState state) {
    checkSize(parameters.layout().size(), state.parameters().length);
    calls.run(() -> parameters.restore(0, state));
  }

  @Override
  public void close() {
    parameters.close();
  }

  private Bits accumulate(TokenBatch batch) {
    double nats = autocast.within(() -> training.accumulateGradients(List.of(batch)))[0];
    if (!Double.isFinite(nats)) {
      throw new NonFiniteException("the code length of a batch or its gradient is not finite");
    }
    return Bits.ofNats(nats);
  }
}
