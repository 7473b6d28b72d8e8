package dev.mneme.app.html;

/// Text from outside so that a reader sees what is in it: control characters as their pictures (NUL
/// as ␀), marks that turn the direction of writing and characters without width by their code,
/// halves of surrogate pairs as �. Line breaks and tabs stay.
///
/// This is about what is seen. Escaping for HTML and JSON comes on top of it.
final class VisibleText {
  private static final int PICTURES = 0x2400;
  private static final int DELETE = 0x7F;

  private VisibleText() {}

  static String of(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(seen, point));
    return seen.toString();
  }

  private static void append(StringBuilder seen, int point) {
    if (point == '\n' || point == '\t') {
      seen.appendCodePoint(point);
    } else if (point < ' ') {
      seen.appendCodePoint(PICTURES + point);
    } else if (point == DELETE) {
      seen.append('\u2421');
    } else {
      switch (Character.getType(point)) {
        case Character.SURROGATE -> seen.append('\uFFFD');
        case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
            code(seen, point);
        case Character.FORMAT -> {
          if (point == 0x200D) { // joins emoji, and is harmless
            seen.appendCodePoint(point);
          } else {
            code(seen, point);
          }
        }
        default -> seen.appendCodePoint(point);
      }
    }
  }

  private static void code(StringBuilder seen, int point) {
    seen.append("[U+").append("%04X".formatted(point)).append(']');
  }
}
