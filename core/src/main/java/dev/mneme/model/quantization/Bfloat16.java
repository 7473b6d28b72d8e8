package dev.mneme.model.quantization;

import dev.mneme.random.Seed;

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

  /// The random bits of one weight in one step: a stream named by the step's seed, at the index of
  /// the weight, so that the order in which weights are rounded does not matter.
  ///
  /// @param noise of the step
  /// @param index of the weight in [dev.mneme.model.ParameterLayout]
  public static long randomBits(Seed noise, int index) {
    long z = noise.value() + (index + 1) * 0x9E3779B97F4A7C15L; // SplitMix64, entered at index
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
