package dev.mneme.model.quantization;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a weight is stored. The formats with levels store whole numbers times one scale for every
/// output unit, see [Rounding].
public enum WeightFormat {
  /// Single precision, as trained.
  FP32(32),
  /// The upper half of single precision: 8 bits of significand, rounded to nearest, ties to even.
  BF16(16),
  INT8(8, -128, 127),
  INT6(6, -32, 31),
  INT4(4, -8, 7),
  INT3(3, -4, 3),
  INT2(2, -2, 1),
  /// −1, 0 or 1: 1.58 bits.
  TERNARY(Math.log(3) / Math.log(2), -1, 1);

  private final double bits;
  private final int lowest;
  private final int highest;

  WeightFormat(double bits) {
    this(bits, 0, 0);
  }

  WeightFormat(double bits, int lowest, int highest) {
    this.bits = bits;
    this.lowest = lowest;
    this.highest = highest;
  }

  /// The format of that name, in any case of letters.
  public static Optional<WeightFormat> named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /// Bits of one stored weight; the scales come on top.
  public double bits() {
    return bits;
  }

  /// Whether weights are whole numbers times a scale.
  boolean hasLevels() {
    return highest > lowest;
  }

  int lowest() {
    return lowest;
  }

  int highest() {
    return highest;
  }

  /// Lower-case name, as users write it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
