package dev.mneme.app.output;

/// When to use colours.
public enum ColorMode {
  /// On a terminal, unless `NO_COLOR` is set (no-color.org).
  auto,
  always,
  never;

  /// Whether text written to a stream is coloured.
  ///
  /// @param terminal whether the stream is a terminal
  /// @param noColor value of the environment variable `NO_COLOR`; the empty string counts as unset
  public boolean enabled(boolean terminal, String noColor) {
    return switch (this) {
      case always -> true;
      case never -> false;
      case auto -> terminal && noColor.isEmpty();
    };
  }
}
