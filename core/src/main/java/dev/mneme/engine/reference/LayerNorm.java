package dev.mneme.engine.reference;

import dev.mneme.model.ParameterLayout;

/// Normalizes each row to mean 0 and variance 1, then scales and shifts it (Ba, Kiros and Hinton,
/// arXiv 1607.06450): `y = γ x̂ + β` with `x̂ = (x − mean(x)) r` and `r = 1 / √(var(x) + ε)`, the
/// variance taken over C entries without Bessel's correction.
final class LayerNorm {
  private final int width; // C
  private final int scale; // offset of γ [C]
  private final int shift; // offset of β [C]
  private final double epsilon;

  LayerNorm(ParameterLayout layout, String name, double epsilon) {
    this.width = layout.config().width();
    this.scale = layout.tensor(name + ".weight").offset();
    this.shift = layout.tensor(name + ".bias").offset();
    this.epsilon = epsilon;
  }

  /// Takes x `[T][C]`, returns y `[T][C]`.
  double[] forward(double[] parameters, double[] x) {
    double[] y = new double[x.length]; // [T][C]
    for (int row = 0; row < x.length; row += width) {
      double mean = mean(x, row);
      double r = reciprocalDeviation(x, row, mean);
      for (int c = 0; c < width; c++) {
        y[row + c] = parameters[scale + c] * ((x[row + c] - mean) * r) + parameters[shift + c];
      }
    }
    return y;
  }

  /// Takes x `[T][C]` and dy `[T][C]`, adds dγ and dβ to the gradient and returns dx `[T][C]`: `dγ
  /// = Σ_t dy x̂`, `dβ = Σ_t dy`, and with `g = dy γ`, `dx = r (g − mean(g) − x̂ mean(g x̂))`.
  double[] backward(double[] parameters, double[] gradient, double[] x, double[] dy) {
    double[] dx = new double[x.length]; // [T][C]
    for (int row = 0; row < x.length; row += width) {
      double mean = mean(x, row);
      double r = reciprocalDeviation(x, row, mean);
      double meanG = 0;
      double meanGNormalized = 0;
      for (int c = 0; c < width; c++) {
        double normalized = (x[row + c] - mean) * r;
        double g = dy[row + c] * parameters[scale + c];
        meanG += g / width;
        meanGNormalized += g * normalized / width;
        gradient[scale + c] += dy[row + c] * normalized;
        gradient[shift + c] += dy[row + c];
      }
      for (int c = 0; c < width; c++) {
        double normalized = (x[row + c] - mean) * r;
        double g = dy[row + c] * parameters[scale + c];
        dx[row + c] = r * (g - meanG - normalized * meanGNormalized);
      }
    }
    return dx;
  }

  private double mean(double[] x, int row) {
    double sum = 0;
    for (int c = 0; c < width; c++) {
      sum += x[row + c];
    }
    return sum / width;
  }

  private double reciprocalDeviation(double[] x, int row, double mean) {
    double sum = 0;
    for (int c = 0; c < width; c++) {
      double centred = x[row + c] - mean;
      sum += centred * centred;
    }
    if (!Double.isFinite(sum)) {
      return Double.NaN; // 1 / √∞ would be 0 and hide an overflow behind a plausible row of β
    }
    return 1 / StrictMath.sqrt(sum / width + epsilon);
  }
}
