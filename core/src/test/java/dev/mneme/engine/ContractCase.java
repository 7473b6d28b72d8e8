package dev.mneme.engine;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Role;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.List;

/// A model with random parameters and a batch of random tokens. Biases and norms are random too, so
/// that a missing one is seen.
///
/// @param sequenceLength of the batch, at most the context length
/// @param batch sequences in the batch
/// @param saturated whether weights are so large that soft-max saturates, and GELU is fed ±25
public record ContractCase(GptConfig config, int sequenceLength, int batch, boolean saturated) {
  private static final Seed SEED = new Seed(20_26);

  /// Odd sizes on purpose: no size here is friendly to vectors or tiles.
  static List<ContractCase> all() {
    return List.of(
        of(1, 8, 1, 2, 1, true, 1, 1),
        of(1, 24, 3, 37, 7, false, 7, 1),
        of(3, 24, 3, 131, 7, true, 5, 3),
        of(1, 16, 2, 37, 4, true, 1, 2),
        of(3, 32, 2, 131, 16, false, 16, 5),
        of(2, 20, 5, 129, 9, true, 9, 2),
        of(1, 5, 5, 11, 3, false, 3, 4),
        of(1, 72, 1, 260, 65, true, 65, 1),
        of(1, 32, 1, 2048, 64, true, 64, 2),
        of(
            1, 8, 1, 33_000, 20, true, 20,
            3), // more rows than the head of the fast engine takes at once
        of(1, 136, 1, 40, 140, true, 140, 1), // more than 128 products to a sum, in attention too
        of(1, 24, 3, 37, 7, false, 7, 1).saturate(),
        of(3, 24, 3, 131, 7, true, 7, 3).saturate(),
        of(1, 64, 2, 300, 33, true, 33, 2).saturate());
  }

  /// The case on which the mutants are tried.
  static ContractCase representative() {
    return of(2, 24, 3, 131, 8, true, 7, 3);
  }

  private static ContractCase of(
      int layers,
      int width,
      int heads,
      int vocabulary,
      int context,
      boolean tied,
      int length,
      int batch) {
    return new ContractCase(
        new GptConfig(layers, width, heads, vocabulary, context, tied), length, batch, false);
  }

  private ContractCase saturate() {
    return new ContractCase(config, sequenceLength, batch, true);
  }

  ParameterLayout layout() {
    return ParameterLayout.of(config);
  }

  /// Parameters exactly representable in single precision.
  double[] parameters() {
    ParameterLayout layout = layout();
    double[] values = new double[layout.size()];
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      RandomStream stream = SEED.derive(tensor.name(), layout.size()).stream();
      for (int i = 0; i < tensor.size(); i++) {
        double value = deviation(tensor.role()) * stream.nextGaussian();
        if (tensor.role() == Role.NORM_SCALE) {
          value += 1;
        }
        if (saturated && tensor.name().endsWith("mlp.c_fc.bias") && i % 5 == 0) {
          value += i % 2 == 0 ? 25 : -25;
        }
        values[tensor.offset() + i] = (float) value;
      }
    }
    return values;
  }

  private double deviation(Role role) {
    return switch (role) {
      case TOKEN_EMBEDDING, HEAD -> saturated ? 1.5 : 0.2;
      case POSITION_EMBEDDING, BOS_EMBEDDING -> saturated ? 1 : 0.2;
      case WEIGHT, RESIDUAL_WEIGHT -> saturated ? 0.3 : 0.15;
      case BIAS, NORM_SCALE, NORM_SHIFT -> saturated ? 0.3 : 0.1;
    };
  }

  /// More sequences than the batch takes.
  TokenDataset data() {
    return RandomTokens.generate(
        SEED, "contract", config.vocabularySize(), sequenceLength, batch + 3);
  }

  /// Not in the order of the data set.
  TokenBatch tokens() {
    int[] indices = new int[batch];
    for (int b = 0; b < batch; b++) {
      indices[b] = batch - b;
    }
    return new TokenBatch(data(), indices);
  }

  @Override
  public String toString() {
    return config.layers()
        + " layers, width "
        + config.width()
        + ", heads "
        + config.heads()
        + ", V "
        + config.vocabularySize()
        + ", "
        + sequenceLength
        + " of "
        + config.contextLength()
        + " positions, batch "
        + batch
        + (config.tiedHead() ? ", tied" : ", untied")
        + (saturated ? ", saturated" : "");
  }
}
