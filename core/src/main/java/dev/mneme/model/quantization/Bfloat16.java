package dev.mneme.model.quantization;

/// Numbers with the exponent of single precision and 8 significant bits: the upper half of a
/// `float`. What is not finite stays as it is.
public final class Bfloat16 {
  private static final int DROPPED_BITS = 16;
  private static final int KEPT = 0xFFFF_0000;

  private Bfloat16() {}

  /// The nearest; of two equally near, the one whose last bit is 0.
  public static float round(float value) {
    int bits = Float.floatToRawIntBits(value);
    int even = bits >>> DROPPED_BITS & 1;
    return Float.isFinite(value) ? Float.intBitsToFloat((bits + 0x7FFF + even) & KEPT) : value;
  }

  /// One of the two neighbours, the nearer one more often: the expectation over `random` is
  /// `value`.
  ///
  /// @param random its lower 16 bits decide
  public static float roundAtRandom(float value, long random) {
    int bits = Float.floatToRawIntBits(value);
    return Float.isFinite(value)
        ? Float.intBitsToFloat((bits + (int) (random & 0xFFFF)) & KEPT)
        : value;
  }
}
