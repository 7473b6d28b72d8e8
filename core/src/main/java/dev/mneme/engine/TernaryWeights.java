package dev.mneme.engine;

import dev.mneme.model.ParameterLayout.Role;
import dev.mneme.model.ParameterLayout.Tensor;

/// One matrix of [Precision#TERNARY].
///
/// @param scale s, the mean magnitude of its wide weights, rounded to single precision
public record TernaryWeights(float scale) {
  /// Whether a tensor is ternary; others stay wide.
  public static boolean applyTo(Tensor tensor) {
    return tensor.role() == Role.WEIGHT || tensor.role() == Role.RESIDUAL_WEIGHT;
  }

  /// @param magnitudes sum of the magnitudes of all weights
  /// @param count of weights
  public static TernaryWeights of(double magnitudes, int count) {
    return new TernaryWeights((float) (magnitudes / count));
  }

  /// `s · clamp(round(w / s), −1, 1)`; halves go to 0. A matrix of zeros stays one, and what is not
  /// finite gives NaN.
  public float round(float weight) {
    if (scale == 0) {
      return 0;
    }
    double steps = Math.rint((double) weight / scale);
    return (float) (scale * Math.max(-1, Math.min(1, steps)));
  }
}
