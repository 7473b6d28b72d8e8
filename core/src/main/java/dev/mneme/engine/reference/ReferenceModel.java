package dev.mneme.engine.reference;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.BatchChecks;
import dev.mneme.engine.Gradient;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.Muon;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.quantization.Bfloat16;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;

/// Parameters and moments, and the loop over the sequences of a batch.
final class ReferenceModel implements TrainableModel {
  private final ParameterLayout layout;
  private final Arithmetic arithmetic;
  private final Transformer transformer;
  private ModelState state; // owned: never handed out, its arrays are updated in place

  ReferenceModel(
      ParameterLayout layout, Constants constants, Arithmetic arithmetic, double[] parameters) {
    this.layout = layout;
    this.arithmetic = arithmetic;
    this.transformer = new Transformer(layout, constants, arithmetic);
    requireSize(parameters.length);
    this.state =
        ModelState.initial(
            arithmetic.precision() == Precision.BF16_PURE
                ? arithmetic.operands(parameters)
                : parameters);
  }

  @Override
  public GptConfig config() {
    return layout.config();
  }

  @Override
  public Bits trainStep(TokenBatch batch, OptimizerStep step) {
    Gradient gradient = gradient(batch);
    switch (step.optimizer()) {
      case AdamW adamW -> AdamWUpdate.apply(step, gradient.values(), state, 0, layout.size());
      case Muon muon -> MuonUpdate.apply(step, muon, layout, gradient.values(), state);
    }
    if (arithmetic.precision() == Precision.BF16_PURE) {
      Seed noise = step.noise();
      double[] parameters = state.parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = Bfloat16.roundAtRandom((float) parameters[i], RandomStream.at(noise, i));
      }
    }
    return gradient.codeLength();
  }

  @Override
  public double[] weights() {
    return arithmetic.weights(layout, state.parameters()).clone();
  }

  @Override
  public Gradient gradient(TokenBatch batch) {
    BatchChecks.requireFitting(batch, config());
    double[] gradient = new double[layout.size()];
    double[] bits = new double[batch.size()];
    double[] weights = arithmetic.weights(layout, state.parameters());
    double weight = 1.0 / batch.positions(); // the objective is the mean over all B · T positions
    for (int b = 0; b < batch.size(); b++) {
      int[] tokens = batch.data().sequence(batch.indices()[b]);
      double nats = transformer.addGradient(weights, gradient, tokens, weight);
      bits[b] = Bits.ofNats(nats).value();
    }
    requireFinite(gradient);
    return new Gradient(CodeLengths.ofBits(bits).total(), gradient);
  }

  @Override
  public CodeLengths codeLengths(TokenBatch batch) {
    BatchChecks.requireFitting(batch, config());
    double[] weights = arithmetic.weights(layout, state.parameters());
    double[] bits = new double[batch.size()];
    for (int b = 0; b < batch.size(); b++) {
      int[] tokens = batch.data().sequence(batch.indices()[b]);
      double[] logits = transformer.logits(weights, tokens);
      bits[b] = Bits.ofNats(CrossEntropy.forward(logits, tokens)).value();
    }
    return CodeLengths.ofBits(bits);
  }

  @Override
  public double[] logits(TokenBatch batch) {
    BatchChecks.requireFitting(batch, config());
    int perSequence =
        Math.multiplyExact(batch.data().sequenceLength(), config().vocabularySize()); // T · V
    double[] logits = new double[Math.multiplyExact(batch.size(), perSequence)]; // [B][T][V]
    double[] weights = arithmetic.weights(layout, state.parameters());
    for (int b = 0; b < batch.size(); b++) {
      int[] tokens = batch.data().sequence(batch.indices()[b]);
      System.arraycopy(
          transformer.logits(weights, tokens), 0, logits, b * perSequence, perSequence);
    }
    return logits;
  }

  @Override
  public int[] complete(TokenBatch batch, int prefix) {
    BatchChecks.requireFitting(batch, config());
    int length = batch.data().sequenceLength(); // T
    BatchChecks.requirePrefix(batch, prefix);
    double[] weights = arithmetic.weights(layout, state.parameters());
    int[] completed = new int[Math.multiplyExact(batch.size(), length - prefix)];
    for (int b = 0; b < batch.size(); b++) {
      int[] tokens = batch.data().sequence(batch.indices()[b]);
      for (int t = prefix; t < length; t++) {
        tokens[t] = mostLikely(transformer.logits(weights, tokens), t);
        completed[b * (length - prefix) + t - prefix] = tokens[t];
      }
    }
    return completed;
  }

  /// The token with the largest logit in row t, which depends on tokens before t alone.
  private int mostLikely(double[] logits, int t) {
    int row = t * config().vocabularySize();
    int best = 0;
    for (int v = 0; v < config().vocabularySize(); v++) {
      if (!Double.isFinite(logits[row + v])) {
        throw new NonFiniteException("the logit of token " + v + " is " + logits[row + v]);
      }
      if (logits[row + v] > logits[row + best]) {
        best = v;
      }
    }
    return best;
  }

  @Override
  public ModelState state() {
    return copy(state);
  }

  @Override
  public void restore(ModelState restored) {
    requireSize(restored.parameters().length);
    state = copy(restored);
  }

  private static ModelState copy(ModelState state) {
    return new ModelState(
        state.parameters().clone(), state.firstMoment().clone(), state.secondMoment().clone());
  }

  private void requireSize(int given) {
    if (given != layout.size()) {
      throw new IllegalArgumentException(
          config()
              + " has "
              + layout.size()
              + " parameters with the BOS row, but "
              + given
              + " were given; lay them out as ParameterLayout says");
    }
  }

  private void requireFinite(double[] gradient) {
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      for (int i = 0; i < tensor.size(); i++) {
        double entry = gradient[tensor.offset() + i];
        if (!Double.isFinite(entry)) {
          throw new NonFiniteException(
              "entry " + i + " of the gradient of " + tensor.name() + " is " + entry);
        }
      }
    }
  }
}
