package dev.mneme.model;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;

/// Starting values: normal with mean 0 for embeddings and weights, 0 for biases, 1 for LayerNorm
/// scales. Projections into the residual stream are divided by √(2 · layers) as in GPT-2.
///
/// @param embeddingDeviation standard deviation of token, position and BOS embeddings and the head
/// @param weightDeviation standard deviation of weight matrices
public record Initialization(double embeddingDeviation, double weightDeviation) {
  /// GPT-2's initialization, 0.02 everywhere.
  public static final Initialization GPT2 = new Initialization(0.02, 0.02);

  public Initialization {
    if (!(embeddingDeviation >= 0)
        || !(weightDeviation >= 0)
        || Double.isInfinite(embeddingDeviation)
        || Double.isInfinite(weightDeviation)) {
      throw new IllegalArgumentException(
          "standard deviations must be finite and at least 0, but were "
              + embeddingDeviation
              + " and "
              + weightDeviation);
    }
  }

  /// Draws a parameter vector in the order of [ParameterLayout]. Every value is rounded to `float`,
  /// so that engines of either precision start from the same point. Tensor `i` uses stream (seed,
  /// "initialization", i).
  public double[] draw(ParameterLayout layout, Seed seed) {
    double[] values = new double[layout.size()];
    int index = 0;
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      RandomStream stream = seed.derive("initialization", index++).stream();
      double deviation = deviation(tensor.role(), layout.config().layers());
      double constant = tensor.role() == ParameterLayout.Role.NORM_SCALE ? 1 : 0;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        values[i] = deviation == 0 ? constant : (float) (deviation * stream.nextGaussian());
      }
    }
    return values;
  }

  private double deviation(ParameterLayout.Role role, int layers) {
    return switch (role) {
      case TOKEN_EMBEDDING, POSITION_EMBEDDING, BOS_EMBEDDING, HEAD -> embeddingDeviation;
      case WEIGHT -> weightDeviation;
      case RESIDUAL_WEIGHT -> weightDeviation / Math.sqrt(2.0 * layers);
      case BIAS, NORM_SCALE, NORM_SHIFT -> 0;
    };
  }
}
