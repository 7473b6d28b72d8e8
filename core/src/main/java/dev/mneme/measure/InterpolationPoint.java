package dev.mneme.measure;

import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;

/// The size of data set that a model could just hold: its capacity in bits equals the set's `N · S
/// · log2 V`. Test loss is expected to peak there (Morris et al., arXiv 2505.24832).
///
/// @param capacity bits, above 0
/// @param origin where the capacity comes from
/// @param perSequence bits of one sequence under the uniform code, `S · log2 V`; above 0
public record InterpolationPoint(Bits capacity, Origin origin, Bits perSequence) {
  /// Where a capacity comes from.
  public enum Origin {
    /// Measured on random tokens: a lower bound at a training budget.
    MEASURED,
    /// Bits per parameter times parameters.
    FROM_PARAMETERS
  }

  public InterpolationPoint {
    if (!(capacity.value() > 0) || !(perSequence.value() > 0)) {
      throw new IllegalArgumentException(
          "capacity and bits per sequence must be above 0, but were "
              + capacity.value()
              + " and "
              + perSequence.value());
    }
  }

  /// From a capacity measured on random tokens.
  public static InterpolationPoint measured(Bits capacity, Bits perSequence) {
    return new InterpolationPoint(capacity, Origin.MEASURED, perSequence);
  }

  /// From `α · parameters`.
  public static InterpolationPoint ofParameters(
      BitsPerParameter alpha, long parameters, Bits perSequence) {
    return new InterpolationPoint(alpha.times(parameters), Origin.FROM_PARAMETERS, perSequence);
  }

  /// The predicted size `N = capacity / (S · log2 V)`, not rounded.
  public double sequences() {
    return capacity.value() / perSequence.value();
  }
}
