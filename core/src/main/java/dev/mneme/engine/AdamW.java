package dev.mneme.engine;

/// AdamW (Loshchilov and Hutter, arXiv 1711.05101) with bias correction: `m ← β1 m + (1−β1) g`, `v
/// ← β2 v + (1−β2) g²`, `w ← w − η (m / (1−β1^t) / (√(v / (1−β2^t)) + ε) + λ w)`.
///
/// @param beta1 in `[0, 1)`
/// @param beta2 in `[0, 1)`
/// @param epsilon ε, above 0
/// @param weightDecay λ, at least 0; applied to every parameter
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  public AdamW {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "AdamW needs beta1 and beta2 in [0, 1), epsilon > 0 and weight decay >= 0, but was given "
              + beta1
              + ", "
              + beta2
              + ", "
              + epsilon
              + ", "
              + weightDecay);
    }
  }

  @Override
  public AdamW adamW() {
    return this;
  }
}
