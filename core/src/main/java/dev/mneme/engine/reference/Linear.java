package dev.mneme.engine.reference;

import dev.mneme.model.ParameterLayout;

/// A matrix product with a bias, `y = x W + b`, with W `[in][out]` as in GPT-2's `Conv1D`.
final class Linear {
  private final int in;
  private final int out;
  private final int weight; // offset of W [in][out]
  private final int bias; // offset of b [out]

  Linear(ParameterLayout layout, String name) {
    ParameterLayout.Tensor matrix = layout.tensor(name + ".weight");
    this.in = matrix.rows();
    this.out = matrix.columns();
    this.weight = matrix.offset();
    this.bias = layout.tensor(name + ".bias").offset();
  }

  /// Takes x `[T][in]`, returns y `[T][out]`.
  double[] forward(double[] parameters, double[] x) {
    int rows = x.length / in;
    double[] y = new double[rows * out]; // [T][out]
    for (int t = 0; t < rows; t++) {
      System.arraycopy(parameters, bias, y, t * out, out);
      for (int i = 0; i < in; i++) {
        double xi = x[t * in + i];
        for (int o = 0; o < out; o++) {
          y[t * out + o] += xi * parameters[weight + i * out + o];
        }
      }
    }
    return y;
  }

  /// Takes x `[T][in]` and dy `[T][out]`, adds `dW = xᵀ dy` and `db = Σ_t dy` to the gradient and
  /// returns `dx = dy Wᵀ`, `[T][in]`.
  double[] backward(double[] parameters, double[] gradient, double[] x, double[] dy) {
    int rows = x.length / in;
    double[] dx = new double[x.length]; // [T][in]
    for (int t = 0; t < rows; t++) {
      for (int o = 0; o < out; o++) {
        gradient[bias + o] += dy[t * out + o];
      }
      for (int i = 0; i < in; i++) {
        double xi = x[t * in + i];
        double sum = 0;
        for (int o = 0; o < out; o++) {
          gradient[weight + i * out + o] += xi * dy[t * out + o];
          sum += dy[t * out + o] * parameters[weight + i * out + o];
        }
        dx[t * in + i] = sum;
      }
    }
    return dx;
  }
}
