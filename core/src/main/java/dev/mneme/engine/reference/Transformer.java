package dev.mneme.engine.reference;

import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/// The network: embedding, blocks, final LayerNorm, head. Holds where parameters lie, not their
/// values; every call is handed those, for one sequence.
final class Transformer {
  private final Embedding embedding;
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm finalNorm;
  private final Head head;

  Transformer(ParameterLayout layout, Constants constants) {
    GptConfig config = layout.config();
    this.embedding = new Embedding(layout);
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(new Block(layout, layer, constants));
    }
    this.finalNorm = new LayerNorm(layout, "ln_f", constants.normEpsilon());
    this.head = new Head(layout);
  }

  /// Takes tokens `[T]`, returns logits `[T][V]`; row t depends on tokens before t alone.
  double[] logits(double[] parameters, int[] tokens) {
    double[] x = embedding.forward(parameters, tokens); // [T][C]
    for (Block block : blocks) {
      x = block.forward(parameters, x).output();
    }
    return head.forward(parameters, finalNorm.forward(parameters, x));
  }

  /// Adds the derivative of `weight · L`, L the code length of the tokens in nats, to the gradient.
  ///
  /// @param gradient flat vector in the order of [ParameterLayout]
  /// @return L, without the weight
  double addGradient(double[] parameters, double[] gradient, int[] tokens, double weight) {
    List<Block.Activations> activations = new ArrayList<>();
    double[] x = embedding.forward(parameters, tokens); // [T][C]
    for (Block block : blocks) {
      Block.Activations ofBlock = block.forward(parameters, x);
      activations.add(ofBlock);
      x = ofBlock.output();
    }
    double[] normalized = finalNorm.forward(parameters, x); // [T][C]
    double[] logits = head.forward(parameters, normalized); // [T][V]
    double nats = CrossEntropy.forward(logits, tokens);

    double[] dLogits = CrossEntropy.backward(logits, tokens, weight); // [T][V]
    double[] dNormalized = head.backward(parameters, gradient, normalized, dLogits); // [T][C]
    double[] dx = finalNorm.backward(parameters, gradient, x, dNormalized); // [T][C]
    for (int layer = blocks.size() - 1; layer >= 0; layer--) {
      dx = blocks.get(layer).backward(parameters, gradient, activations.get(layer), dx);
    }
    embedding.backward(gradient, tokens, dx);
    return nats;
  }
}
