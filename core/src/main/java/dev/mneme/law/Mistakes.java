package dev.mneme.law;

import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Collects what is wrong with values, so that all of it is said at once.
final class Mistakes {
  private final List<Problem> problems = new ArrayList<>();

  Mistakes add(String field, String given, String expected, String hint) {
    problems.add(new Problem(field, given, expected, hint));
    return this;
  }

  Mistakes require(boolean holds, String field, Object given, String expected, String hint) {
    return holds ? this : add(field, String.valueOf(given), expected, hint);
  }

  /// A whole number from `least` to `most`.
  Mistakes range(String field, long given, long least, long most, String hint) {
    return require(
        given >= least && given <= most,
        field,
        given,
        String.format(Locale.ROOT, "a whole number from %,d to %,d", least, most),
        hint);
  }

  /// Bits per parameter: above 0, and no more than a parameter has bits.
  Mistakes requireAlpha(double alpha) {
    return require(
        alpha > 0 && alpha <= 64,
        "alpha",
        alpha,
        "bits per parameter above 0, at most 64",
        "Published: 3.64.");
  }

  /// @throws InvalidConfigurationException where anything was wrong
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }
}
