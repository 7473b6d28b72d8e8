package dev.mneme.app.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Text being written for a reader: headings, sentences, tables. Colours and special characters are
/// used only where the medium shows them, so that callers need not ask.
public final class Page {
  private final List<String> lines = new ArrayList<>();
  private final boolean colored;
  private final boolean unicode;
  private final int columns;

  /// @param colored whether styles are kept
  /// @param unicode whether characters beyond ASCII are kept
  /// @param columns where sentences wrap
  public Page(boolean colored, boolean unicode, int columns) {
    this.colored = colored;
    this.unicode = unicode;
    this.columns = columns;
  }

  /// A page for a file: UTF-8 without colours.
  public static Page ofFile() {
    return new Page(false, true, 96);
  }

  public boolean unicode() {
    return unicode;
  }

  public int columns() {
    return columns;
  }

  /// Text in a style, or plain where there are no colours.
  public String style(Style style, String text) {
    return colored && !text.isEmpty() ? style.wrap(text) : text;
  }

  /// A heading with an empty line before it.
  public Page heading(String text) {
    return line("").line(style(Style.BOLD, text));
  }

  /// One line as it is.
  public Page line(String text) {
    lines.add(shown(text));
    return this;
  }

  /// Text as this page shows it.
  String shown(String text) {
    return unicode ? text : Ascii.of(text);
  }

  /// Sentences, wrapped at the width of the page and indented.
  public Page sentences(int indent, String text) {
    StringBuilder current = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!current.isEmpty() && indent + current.length() + 1 + word.length() > columns) {
        line(" ".repeat(indent) + current);
        current.setLength(0);
      }
      current.append(current.isEmpty() ? "" : " ").append(word);
    }
    return line(" ".repeat(indent) + current);
  }

  /// Everything written so far.
  public String text() {
    return lines.isEmpty()
        ? ""
        : String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  /// Writes the page.
  public void printTo(PrintStream stream) {
    stream.print(text());
    stream.flush();
  }
}
