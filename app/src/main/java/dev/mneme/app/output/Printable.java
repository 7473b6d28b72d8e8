package dev.mneme.app.output;

/// Text from outside without characters that could upset a terminal or what stands beside it:
/// control characters, invisible ones that turn the direction of writing or join letters, line and
/// paragraph separators, and halves of surrogate pairs.
public final class Printable {
  private Printable() {}

  /// The text with another character in place of every such character.
  public static String of(String text, char replacement) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().forEach(point -> clean.appendCodePoint(upsets(point) ? replacement : point));
    return clean.toString();
  }

  private static boolean upsets(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
