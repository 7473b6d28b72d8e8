package dev.mneme.engine;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;

/// Hands everything on to another model; for tests that change one thing of it.
public class ForwardingModel implements TrainableModel {
  private final TrainableModel model;

  public ForwardingModel(TrainableModel model) {
    this.model = model;
  }

  @Override
  public GptConfig config() {
    return model.config();
  }

  @Override
  public Bits trainStep(TokenBatch batch, OptimizerStep step) {
    return model.trainStep(batch, step);
  }

  @Override
  public Gradient gradient(TokenBatch batch) {
    return model.gradient(batch);
  }

  @Override
  public CodeLengths codeLengths(TokenBatch batch) {
    return model.codeLengths(batch);
  }

  @Override
  public double[] logits(TokenBatch batch) {
    return model.logits(batch);
  }

  @Override
  public int[] complete(TokenBatch batch, int prefix) {
    return model.complete(batch, prefix);
  }

  @Override
  public ModelState state() {
    return model.state();
  }

  @Override
  public void restore(ModelState state) {
    model.restore(state);
  }

  @Override
  public void close() {
    model.close();
  }
}
