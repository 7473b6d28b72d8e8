package dev.mneme.engine;

import dev.mneme.model.ParameterLayout.Role;
import dev.mneme.model.ParameterLayout.Tensor;

/// Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers"): the momentum of a matrix is
/// replaced by the nearest matrix with orthonormal rows or columns, so that every direction in it
/// moves alike. With `m ← μ m + g` and `d = g + μ m`, a matrix of r rows and c columns takes the
/// step `w ← w − η (s √max(r, c) · orthogonal(d) + λ w)`; the root makes `η s` the root mean square
/// of the entries that are added.
///
/// `orthogonal(d)` is found by [#ITERATIONS] rounds of `X ← X (a I + b XᵀX + c (XᵀX)²)` from `X = d
/// / ‖d‖`, which bring each singular value to somewhere near 1 (between 0.7 and 1.2), not to 1
/// itself. A momentum of zeros stays zeros.
///
/// Token embedding and head are left to AdamW, at a multiple of the rate, and so are vectors
/// (biases, norms and the BOS row), at the rate itself.
///
/// @param momentum μ, in `[0, 1)`
/// @param matrixScale s: the root mean square of a matrix's step in units of the learning rate,
///   above 0
/// @param embeddingRate what the learning rate is multiplied by for token embedding and head, above
///   0
/// @param adamW for all but matrices; its λ holds for every parameter
public record Muon(double momentum, double matrixScale, double embeddingRate, AdamW adamW)
    implements Optimizer {
  /// Rounds of the iteration, an even number.
  public static final int ITERATIONS = 6;

  /// a, the factor of X.
  public static final double LINEAR = 3.4445;

  /// b, the factor of X XᵀX.
  public static final double CUBIC = -4.7750;

  /// c, the factor of X (XᵀX)².
  public static final double QUINTIC = 2.0315;

  public Muon {
    if (!(momentum >= 0 && momentum < 1 && isPositive(matrixScale) && isPositive(embeddingRate))) {
      throw new IllegalArgumentException(
          "Muon needs a momentum in [0, 1) and a scale and a rate that are finite and above 0, but"
              + " was given "
              + momentum
              + ", "
              + matrixScale
              + ", "
              + embeddingRate);
    }
  }

  private static boolean isPositive(double scale) {
    return scale > 0 && scale < Double.POSITIVE_INFINITY;
  }

  /// Whether a tensor is orthogonalized; others are left to AdamW.
  public static boolean isMatrix(Tensor tensor) {
    return tensor.columns() > 0 && !isEmbedding(tensor);
  }

  private static boolean isEmbedding(Tensor tensor) {
    return tensor.role() == Role.TOKEN_EMBEDDING || tensor.role() == Role.HEAD;
  }

  /// `s √max(r, c)`: what a matrix's orthogonalized momentum is multiplied by, apart from the
  /// learning rate.
  public double factor(Tensor matrix) {
    return matrixScale * StrictMath.sqrt(Math.max(matrix.rows(), matrix.columns()));
  }

  /// The step of AdamW for a tensor that is no matrix.
  public OptimizerStep adamWStep(OptimizerStep step, Tensor tensor) {
    double rate = isEmbedding(tensor) ? embeddingRate * step.learningRate() : step.learningRate();
    return new OptimizerStep(step.number(), rate, adamW, step.training());
  }
}
