package dev.mneme.app.html;

import dev.mneme.attack.Attack;
import java.util.Arrays;
import java.util.List;

/// Attacks as charts show them.
final class Attacks {
  private static final List<String> NAMES =
      Arrays.stream(Attack.values())
          .filter(attack -> attack != Attack.BLIND)
          .map(Attack::label)
          .toList();

  private Attacks() {}

  /// The number of an attack's colour, the same in every chart; below 0, muted, for the blind
  /// baseline.
  static int color(String name) {
    return NAMES.indexOf(name);
  }
}
