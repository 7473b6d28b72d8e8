package dev.mneme.measure;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.Gradient;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.UncachedCompletion;
import dev.mneme.model.GptConfig;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;

/// A model with made-up logits: row t is drawn from a stream seeded by the tokens before t.
final class HashedModel implements TrainableModel {
  private final GptConfig config;
  private final long seed;
  private final double scale;

  HashedModel(int vocabulary, int context, long seed, double scale) {
    this.config = new GptConfig(1, 1, 1, vocabulary, context, true);
    this.seed = seed;
    this.scale = scale;
  }

  @Override
  public GptConfig config() {
    return config;
  }

  @Override
  public double[] logits(TokenBatch batch) {
    int length = batch.data().sequenceLength();
    int vocabulary = config.vocabularySize();
    double[] logits = new double[batch.size() * length * vocabulary];
    int next = 0;
    for (int index : batch.indices()) {
      Seed prefix = new Seed(seed);
      for (int position = 0; position < length; position++) {
        RandomStream stream = prefix.stream();
        for (int symbol = 0; symbol < vocabulary; symbol++) {
          logits[next++] = scale * stream.nextGaussian();
        }
        prefix = prefix.derive("token", batch.data().token(index, position));
      }
    }
    return logits;
  }

  @Override
  public CodeLengths codeLengths(TokenBatch batch) {
    double[] logits = logits(batch);
    int length = batch.data().sequenceLength();
    int vocabulary = config.vocabularySize();
    double[] nats = new double[batch.size()];
    for (int sequence = 0; sequence < batch.size(); sequence++) {
      for (int position = 0; position < length; position++) {
        int row = (sequence * length + position) * vocabulary;
        double sum = 0;
        for (int symbol = 0; symbol < vocabulary; symbol++) {
          sum += StrictMath.exp(logits[row + symbol]);
        }
        int token = batch.data().token(batch.indices()[sequence], position);
        nats[sequence] += StrictMath.log(sum) - logits[row + token];
      }
    }
    double[] bits = new double[nats.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Bits.ofNats(nats[i]).value();
    }
    return CodeLengths.ofBits(bits);
  }

  @Override
  public int[] complete(TokenBatch batch, int prefix) {
    return UncachedCompletion.of(this, batch, prefix);
  }

  @Override
  public Bits trainStep(TokenBatch batch, OptimizerStep step) {
    throw new UnsupportedOperationException("made-up logits cannot be trained");
  }

  @Override
  public Gradient gradient(TokenBatch batch) {
    throw new UnsupportedOperationException("made-up logits have no gradient");
  }

  @Override
  public ModelState state() {
    throw new UnsupportedOperationException("made-up logits have no state");
  }

  @Override
  public void restore(ModelState state) {
    throw new UnsupportedOperationException("made-up logits have no state");
  }
}
