package dev.mneme.engine.reference;

/// The tanh form of the Gaussian error linear unit (Hendrycks and Gimpel, arXiv 1606.08415): `y = ½
/// x (1 + tanh u)` with `u = √(2/π) (x + 0.044715 x³)`.
final class Gelu {
  static final double CUBIC = 0.044715;

  private static final double ROOT = StrictMath.sqrt(2 / Math.PI);

  private final double cubic;

  Gelu(double cubic) {
    this.cubic = cubic;
  }

  /// Entry by entry; takes and returns any shape.
  double[] forward(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = 0.5 * x[i] * (1 + StrictMath.tanh(inner(x[i])));
    }
    return y;
  }

  /// `dx = dy (½ (1 + tanh u) + ½ x (1 − tanh² u) √(2/π) (1 + 3 · 0.044715 x²))`.
  double[] backward(double[] x, double[] dy) {
    double[] dx = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double tanh = StrictMath.tanh(inner(x[i]));
      double slope = ROOT * (1 + 3 * cubic * x[i] * x[i]);
      dx[i] = dy[i] * (0.5 * (1 + tanh) + 0.5 * x[i] * (1 - tanh * tanh) * slope);
    }
    return dx;
  }

  private double inner(double x) {
    return ROOT * (x + cubic * x * x * x);
  }
}
