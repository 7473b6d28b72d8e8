package dev.mneme.engine.reference;

import dev.mneme.model.ParameterLayout;

/// The output projection without a bias, `logits = x Eᵀ`, with E `[V][C]` the token embedding where
/// the head is tied and a matrix of its own where it is not. BOS is never an output.
final class Head {
  private final int width; // C
  private final int vocabulary; // V
  private final int rows; // offset of E [V][C]

  Head(ParameterLayout layout) {
    this.width = layout.config().width();
    this.vocabulary = layout.config().vocabularySize();
    this.rows =
        layout.tensor(layout.config().tiedHead() ? "wte.weight" : "lm_head.weight").offset();
  }

  /// Takes x `[T][C]`, returns logits `[T][V]`.
  double[] forward(double[] parameters, double[] x) {
    int positions = x.length / width; // T
    double[] logits = new double[positions * vocabulary]; // [T][V]
    for (int t = 0; t < positions; t++) {
      for (int v = 0; v < vocabulary; v++) {
        double dot = 0;
        for (int c = 0; c < width; c++) {
          dot += x[t * width + c] * parameters[rows + v * width + c];
        }
        logits[t * vocabulary + v] = dot;
      }
    }
    return logits;
  }

  /// Takes x `[T][C]` and dlogits `[T][V]`, adds `dE = dlogitsᵀ x` to the gradient (for a tied head
  /// on top of what the embedding adds) and returns `dx = dlogits E`, `[T][C]`.
  double[] backward(double[] parameters, double[] gradient, double[] x, double[] dlogits) {
    int positions = x.length / width; // T
    double[] dx = new double[x.length]; // [T][C]
    for (int t = 0; t < positions; t++) {
      for (int v = 0; v < vocabulary; v++) {
        double dlogit = dlogits[t * vocabulary + v];
        for (int c = 0; c < width; c++) {
          dx[t * width + c] += dlogit * parameters[rows + v * width + c];
          gradient[rows + v * width + c] += dlogit * x[t * width + c];
        }
      }
    }
    return dx;
  }
}
