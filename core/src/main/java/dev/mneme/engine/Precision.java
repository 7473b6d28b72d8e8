package dev.mneme.engine;

import java.util.Locale;

/// What numbers a model is made of and computes with. Everything that is not said here (norms,
/// soft-max, GELU, the residual stream, sums, gradients of weights, moments) is in the engine's own
/// numbers: single precision in the fast engines, double precision in the reference.
public enum Precision {
  /// Double precision throughout; the reference alone.
  FP64,
  /// Single precision throughout.
  FP32,
  /// Weights and both operands of every matrix product are rounded to bfloat16, to the nearest,
  /// ties to even; sums are wide. The optimizer keeps wide weights, whose rounded copy is what
  /// computes, what is measured and what is stored.
  BF16,
  /// As [#BF16], and the optimizer has no other weights than those in bfloat16: each step's result
  /// is rounded up or down at random, so that its expectation is the exact result.
  BF16_PURE,
  /// The matrices of the blocks hold −1, 0 and 1 times one scale each, the mean magnitude of the
  /// wide weights that the optimizer keeps: `s · clamp(round(w / s), −1, 1)` (Ma et al. 2024, arXiv
  /// 2402.17764). Gradients pass through the rounding as if it were not there. Embeddings, head,
  /// biases, norms and activations stay wide.
  TERNARY;

  /// Whether operands of matrix products are rounded to bfloat16.
  public boolean roundsOperands() {
    return this == BF16 || this == BF16_PURE;
  }

  /// Whether the weights that compute are made from others that the optimizer keeps.
  public boolean hasMasters() {
    return this == BF16 || this == TERNARY;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
