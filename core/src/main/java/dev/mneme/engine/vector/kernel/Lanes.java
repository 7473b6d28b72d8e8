package dev.mneme.engine.vector.kernel;

import jdk.incubator.vector.FloatVector;

/// Sums across the lanes of a vector in a fixed order. The library's own `reduceLanes` leaves the order
/// of a floating-point sum open, so that interpreted and compiled code may differ in the last digit.
final class Lanes {
  private Lanes() {}

  /// Pairwise sum.
  ///
  /// @param scratch one entry per lane; overwritten
  static float sum(FloatVector vector, float[] scratch) {
    vector.intoArray(scratch, 0);
    return sum(scratch, 0, scratch.length);
  }

  /// Pairwise sum of `count` neighbouring entries, a power of two of at least 4; overwrites them.
  static float sum(float[] values, int from, int count) {
    for (int half = count / 2; half >= 4; half /= 2) {
      for (int i = 0; i < half; i++) {
        values[from + i] += values[from + i + half];
      }
    }
    return (values[from] + values[from + 1]) + (values[from + 2] + values[from + 3]);
  }
}
