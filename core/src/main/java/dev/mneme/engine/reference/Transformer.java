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
  private final Arithmetic arithmetic;

  Transformer(ParameterLayout layout, Constants constants, Arithmetic arithmetic) {
    GptConfig config = layout.config();
    this.embedding = new Embedding(layout);
    for (int layer = 0; layer < config.layers(); layer++) {
      blocks.add(new Block(layout, layer, constants, arithmetic));
    }
    this.finalNorm = new LayerNorm(layout, "ln_f", constants.normEpsilon());
    this.head = new Head(layout);
    this.arithmetic = arithmetic;
  }

  /// Takes tokens `[T]`, returns logits `[T][V]`; row t depends on tokens before t alone.
  double[] logits(double[] parameters, int[] tokens) {
    double[] x = embedding.forward(parameters, tokens); // [T][C]
    for (Block block : blocks) {
      x = block.forward(parameters, x).output();
    }
    return head.forward(parameters, arithmetic.operands(finalNorm.forward(parameters, x)));
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
    double[] normalized = arithmetic.operands(finalNorm.forward(parameters, x)); // [T][C]
    double[] logits = head.forward(parameters, normalized); // [T][V]
    double nats = CrossEntropy.forward(logits, tokens);

    double[] dNormalized = // [T][C]
        arithmetic.precision().roundsOperands()
            ? headBackwardRounded(parameters, gradient, normalized, logits, tokens, weight)
            : head.backward(
                parameters, gradient, normalized, CrossEntropy.backward(logits, tokens, weight));
    double[] dx = finalNorm.backward(parameters, gradient, x, dNormalized); // [T][C]
    for (int layer = blocks.size() - 1; layer >= 0; layer--) {
      dx = blocks.get(layer).backward(parameters, gradient, activations.get(layer), dx);
    }
    embedding.backward(gradient, tokens, dx);
    return nats;
  }

  /// The same with rounded operands. What is rounded is `e − Z·onehot` with `e = exp(logit − max)`
  /// and `Z = Σ e`; the factor `weight / Z` of each row goes to x before it is rounded, and to dx
  /// afterwards.
  private double[] headBackwardRounded(
      double[] parameters,
      double[] gradient,
      double[] x,
      double[] logits,
      int[] tokens,
      double weight) {
    CrossEntropy.Exponentials rows = CrossEntropy.exponentials(logits, tokens);
    int width = x.length / tokens.length; // C
    double[] scaled = new double[x.length]; // [T][C]
    for (int i = 0; i < x.length; i++) {
      scaled[i] = arithmetic.operand(x[i] * weight / rows.sums()[i / width]);
    }
    double[] dx =
        head.backward(parameters, gradient, scaled, arithmetic.operands(rows.lessTarget()));
    for (int i = 0; i < dx.length; i++) {
      dx[i] *= weight / rows.sums()[i / width];
    }
    return dx;
  }
}
