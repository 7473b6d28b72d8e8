package dev.mneme.app.html;

import java.util.List;

/// How dark a token is: its class in the style sheet, by the bits that the model saves on it beyond
/// the oracle. Every class has a fill and an underline of its own, so that colour is not the only
/// carrier.
enum Shading {
  LESS("less", "−1 or less"),
  NONE("s0", "about 0"),
  ONE("s1", "1"),
  TWO("s2", "2"),
  FOUR("s3", "4"),
  EIGHT("s4", "8 or more");

  private final String className;
  private final String legend;

  Shading(String className, String legend) {
    this.className = className;
    this.legend = legend;
  }

  String className() {
    return className;
  }

  /// The bits from which on a token has this shade.
  String legend() {
    return legend;
  }

  static List<Shading> all() {
    return List.of(values());
  }

  static Shading of(double savedBits) {
    if (savedBits <= -1) {
      return LESS;
    }
    return savedBits < 1
        ? NONE
        : savedBits < 2 ? ONE : savedBits < 4 ? TWO : savedBits < 8 ? FOUR : EIGHT;
  }
}
