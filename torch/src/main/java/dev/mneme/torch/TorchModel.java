package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Gradient;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.Muon;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// A model of the torch engine.
final class TorchModel implements TrainableModel {
  private final GptConfig config;
  private final NativeCalls calls;
  private final Parameters parameters;
  private final Training training;
  private final Scoring scoring;

  TorchModel(GptConfig config, TorchDevice device, Portions portions, double[] initial) {
    this.config = config;
    ParameterLayout layout = ParameterLayout.of(config);
    checkSize(layout.size(), initial.length);
    Transfer transfer = new Transfer(device);
    this.calls = new NativeCalls(device);
    this.parameters = calls.run(() -> new Parameters(layout, transfer));
    Network network = new Network(parameters);
    this.training = new Training(network, parameters, transfer, portions);
    this.scoring = new Scoring(network, config, transfer);
    calls.run(() -> parameters.restore(ModelState.initial(initial)));
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
    check(batch);
    return calls.run(() -> step(batch, step));
  }

  private Bits step(TokenBatch batch, OptimizerStep step) {
    Bits codeLength = training.accumulateGradient(batch);
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      switch (step.optimizer()) {
        case AdamW adamW -> AdamWUpdate.apply(step, parameters, 0, parameters.layout().size());
        case Muon settings -> MuonUpdate.apply(step, settings, parameters);
      }
    }
    return codeLength;
  }

  @Override
  public Gradient gradient(TokenBatch batch) {
    check(batch);
    return calls.run(
        () -> new Gradient(training.accumulateGradient(batch), parameters.gradientValues()));
  }

  @Override
  public CodeLengths codeLengths(TokenBatch batch) {
    check(batch);
    return calls.run(() -> scoring.codeLengths(batch));
  }

  @Override
  public double[] logits(TokenBatch batch) {
    check(batch);
    return calls.run(() -> scoring.logits(batch));
  }

  @Override
  public int[] complete(TokenBatch batch, int prefix) {
    int length = batch.data().sequenceLength();
    if (prefix < 0 || prefix >= length) {
      throw new IllegalArgumentException(
          "sequences of " + length + " tokens have no prefix of " + prefix + " to complete");
    }
    check(batch);
    return calls.run(() -> scoring.complete(batch, prefix));
  }

  @Override
  public ModelState state() {
    return calls.run(() -> parameters.state());
  }

  @Override
  public void restore(ModelState state) {
    checkSize(parameters.layout().size(), state.parameters().length);
    calls.run(() -> parameters.restore(state));
  }

  @Override
  public void close() {
    parameters.close();
  }

  /// Throws where the batch does not fit the model.
  private void check(TokenBatch batch) {
    int length = batch.data().sequenceLength();
    if (length > config.contextLength()) {
      throw new IllegalArgumentException(
          "sequences of " + length + " tokens do not fit a context of " + config.contextLength());
    }
    if (batch.data().vocabularySize() <= config.vocabularySize()) {
      return; // the data set has checked its tokens
    }
    for (int index : batch.indices()) {
      for (int t = 0; t < length; t++) {
        if (batch.data().token(index, t) >= config.vocabularySize()) {
          throw new IllegalArgumentException(
              "token "
                  + batch.data().token(index, t)
                  + " does not fit a vocabulary of "
                  + config.vocabularySize());
        }
      }
    }
  }
}
