package dev.mneme.app.output;

import org.jline.utils.WCWidth;

/// Text from outside in a given width of a terminal.
public final class Columns {
  private Columns() {}

  /// Text from outside on one line: cleaned as by [Printable], with every run of white space as one
  /// blank, and cut with an ellipsis where it is wider than the columns given. Characters that fill
  /// two columns count as two.
  ///
  /// @param columns at least 4
  public static String fit(String text, int columns) {
    // More than is ever shown, yet bounded: text may be long and full of blanks.
    String start =
        text.substring(0, (int) Math.min(text.length(), Math.max(4_096L, 64L * columns)));
    String clean = Printable.of(start, ' ').replaceAll("\\s+", " ").strip();
    boolean cut = start.length() < text.length();
    int end = end(clean, columns);
    return end == clean.length() && !cut
        ? clean
        : clean.substring(0, end(clean, columns - 3)) + "…"; // an ASCII page shows three dots
  }

  /// The end of the longest beginning that fits.
  private static int end(String text, int columns) {
    int width = 0;
    int index = 0;
    int points = 0;
    while (index < text.length()) {
      int point = text.codePointAt(index);
      width += Math.max(0, WCWidth.wcwidth(point));
      points++;
      if (width > columns || points > 2 * columns) { // marks without width may pile up
        return index;
      }
      index += Character.charCount(point);
    }
    return index;
  }
}
