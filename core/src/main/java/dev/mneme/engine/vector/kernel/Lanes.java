package dev.mneme.engine.vector.kernel;

/// Sums across the lanes of a vector, stored to an array, in a fixed order. The library's own
/// `reduceLanes` leaves the order of a floating-point sum open, so that interpreted and compiled
/// code may differ in the last digit.
final class Lanes {
  private Lanes() {}

  /// Pairwise sum of 4, 8 or 16 neighbouring entries.
  static float sum(float[] values, int from, int count) {
    float first = four(values, from);
    return switch (count) {
      case 4 -> first;
      case 8 -> first + four(values, from + 4);
      case 16 ->
          (first + four(values, from + 4)) + (four(values, from + 8) + four(values, from + 12));
      default -> throw new IllegalArgumentException("no vector has " + count + " lanes");
    };
  }

  private static float four(float[] values, int from) {
    return (values[from] + values[from + 1]) + (values[from + 2] + values[from + 3]);
  }
}
