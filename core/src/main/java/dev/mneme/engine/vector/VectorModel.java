package dev.mneme.engine.vector;

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
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A model of the vector engine: parameters, gradient and moments in panels, and the network over
/// them.
final class VectorModel implements TrainableModel {
  private final GptConfig config;
  private final VectorWidth width;
  private final PanelLayout layout;
  private final float[] parameters;
  private final ComputedWeights weights;
  private final OperandRounding rounding;
  private final float[] gradient;
  private final float[] firstMoment;
  private final float[] secondMoment;
  private final MuonUpdate muon;
  private final Network network;
  private Activations activations;
  private boolean weightsChanged = true;

  VectorModel(GptConfig config, VectorWidth width, Precision precision, double[] initial) {
    this.config = config;
    this.width = width;
    this.layout = new PanelLayout(config, width);
    this.parameters = new float[layout.size()];
    this.weights = new ComputedWeights(width, layout, precision, parameters);
    this.rounding = new OperandRounding(width, precision);
    this.gradient = new float[layout.size()];
    this.firstMoment = new float[layout.size()];
    this.secondMoment = new float[layout.size()];
    this.muon = new MuonUpdate(width, layout);
    List<Block> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(new Block(width, layout, config, layer, rounding, weights.values(), gradient));
    }
    this.network =
        new Network(
            new Embedding(width, layout, weights.values(), gradient),
            blocks,
            new LayerNorm(width, layout, "ln_f", config.width(), weights.values(), gradient),
            new Head(width, layout, config, rounding, weights.values(), gradient));
    this.activations = new Activations(width, layout, config, rounding, config.contextLength());
    checkSize(initial.length);
    layout.scatter(initial, parameters);
    weights.roundStart();
  }

  private void checkSize(int given) {
    if (given != layout.canonicalSize()) {
      throw new IllegalArgumentException(
          "a parameter vector of this model has "
              + layout.canonicalSize()
              + " entries, but was given "
              + given);
    }
  }

  @Override
  public GptConfig config() {
    return config;
  }

  @Override
  public Bits trainStep(TokenBatch batch, OptimizerStep step) {
    Bits codeLength = accumulateGradient(batch);
    boolean finite =
        switch (step.optimizer()) {
          case AdamW adamW ->
              width
                  .rows()
                  .adamW(0, layout.size(), step, parameters, gradient, firstMoment, secondMoment);
          case Muon settings ->
              muon.apply(step, settings, parameters, gradient, firstMoment, secondMoment);
        };
    weights.roundStep(step);
    weightsChanged = true;
    if (!finite) {
      throw new NonFiniteException("the gradient of step " + step.number() + " is not finite");
    }
    return codeLength;
  }

  @Override
  public Gradient gradient(TokenBatch batch) {
    Bits codeLength = accumulateGradient(batch);
    double[] values = layout.gather(gradient);
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new NonFiniteException("the gradient is not finite");
      }
    }
    return new Gradient(codeLength, values);
  }

  private Bits accumulateGradient(TokenBatch batch) {
    prepare(batch);
    Arrays.fill(gradient, 0);
    double weight = 1.0 / batch.positions();
    double nats = 0;
    for (int first = 0; first < batch.size(); first += activations.capacity()) {
      int sequences = Math.min(activations.capacity(), batch.size() - first);
      network.forward(batch, first, sequences, activations);
      nats += backward(batch, first, sequences, weight);
    }
    if (!Double.isFinite(nats)) {
      throw new NonFiniteException("the code length of a batch is " + nats);
    }
    return Bits.ofNats(nats);
  }

  private double backward(TokenBatch batch, int first, int sequences, double weight) {
    int rows = activations.rows(sequences);
    double nats =
        network
            .head()
            .train(
                rows, activations.finalOut(), activations.targets(), weight, activations.branch());
    Arrays.fill(activations.dResidual().data(), 0);
    network
        .finalNorm()
        .backward(
            rows,
            activations.branch(),
            activations.finalUnit(),
            activations.finalDeviation(),
            activations.dResidual());
    for (int layer = network.blocks().size() - 1; layer >= 0; layer--) {
      network.blocks().get(layer).backward(activations, activations.saved(layer), sequences);
    }
    network.embedding().backward(batch, first, sequences, activations);
    return nats;
  }

  @Override
  public CodeLengths codeLengths(TokenBatch batch) {
    prepare(batch);
    double[] bits = new double[batch.size()];
    for (int first = 0; first < batch.size(); first += activations.capacity()) {
      int sequences = Math.min(activations.capacity(), batch.size() - first);
      network.forward(batch, first, sequences, activations);
      network
          .head()
          .codeLengths(
              activations.rows(sequences),
              activations.finalOut(),
              activations.targets(),
              activations.rowBits());
      for (int sequence = 0; sequence < sequences; sequence++) {
        double sum = 0;
        for (int t = 0; t < batch.data().sequenceLength(); t++) {
          sum += activations.rowBits()[activations.rows(sequence) + t];
        }
        if (!Double.isFinite(sum)) {
          throw new NonFiniteException("the code length of a sequence is " + sum);
        }
        bits[first + sequence] = sum;
      }
    }
    return CodeLengths.ofBits(bits);
  }

  @Override
  public double[] logits(TokenBatch batch) {
    prepare(batch);
    int length = batch.data().sequenceLength();
    int perSequence = Math.multiplyExact(length, config.vocabularySize());
    double[] out = new double[Math.multiplyExact(batch.size(), perSequence)];
    for (int first = 0; first < batch.size(); first += activations.capacity()) {
      int sequences = Math.min(activations.capacity(), batch.size() - first);
      network.forward(batch, first, sequences, activations);
      for (int sequence = 0; sequence < sequences; sequence++) {
        network
            .head()
            .logits(
                activations.rows(sequence),
                length,
                activations.finalOut(),
                out,
                (first + sequence) * perSequence);
      }
    }
    return out;
  }

  @Override
  public int[] complete(TokenBatch batch, int prefix) {
    BatchChecks.requirePrefix(batch, prefix);
    prepare(batch);
    return new Completion(width, layout, config, rounding, network, batch, prefix).run();
  }

  @Override
  public ModelState state() {
    return new ModelState(
        layout.gather(parameters), layout.gather(firstMoment), layout.gather(secondMoment));
  }

  @Override
  public double[] weights() {
    weights.renew();
    return layout.gather(weights.values());
  }

  @Override
  public void restore(ModelState state) {
    checkSize(state.parameters().length);
    layout.scatter(state.parameters(), parameters);
    layout.scatter(state.firstMoment(), firstMoment);
    layout.scatter(state.secondMoment(), secondMoment);
    weightsChanged = true;
  }

  /// Checks that the batch fits the model and brings buffers and transposes up to date.
  private void prepare(TokenBatch batch) {
    BatchChecks.requireFitting(batch, config);
    int length = batch.data().sequenceLength();
    if (length != activations.sequenceLength()) {
      activations = new Activations(width, layout, config, rounding, length);
    }
    if (weightsChanged) {
      weights.renew();
      network.weightsChanged();
      weightsChanged = false;
    }
  }
}
