package dev.mneme.app.output;

/// Text from outside without control characters, which could upset a terminal.
public final class Printable {
  private Printable() {}

  /// The text with another character in place of every control character.
  public static String of(String text, char replacement) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> clean.appendCodePoint(Character.isISOControl(point) ? replacement : point));
    return clean.toString();
  }
}
