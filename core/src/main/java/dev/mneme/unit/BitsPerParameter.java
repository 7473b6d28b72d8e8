package dev.mneme.unit;

/// Memorized bits divided by the trainable parameters of the model that holds them.
///
/// @param value bits per parameter; finite
public record BitsPerParameter(double value) implements Comparable<BitsPerParameter> {
  public BitsPerParameter {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("bits per parameter must be finite, but was " + value);
    }
  }

  /// The bits that `parameters` parameters hold at this rate.
  public Bits times(long parameters) {
    return new Bits(value * parameters);
  }

  @Override
  public int compareTo(BitsPerParameter other) {
    return Double.compare(value, other.value);
  }
}
