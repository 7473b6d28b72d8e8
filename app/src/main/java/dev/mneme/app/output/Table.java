package dev.mneme.app.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Columns that line up: the first ones to the left, figures to the right.
public final class Table {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final String GAP = "  ";

  private final int leftColumns;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /// @param leftColumns how many columns, from the first, are aligned to the left
  /// @param header column names, with units
  public Table(int leftColumns, String... header) {
    this.leftColumns = leftColumns;
    this.header = List.of(header);
  }

  /// Adds a row; cells may carry styles.
  public Table row(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells do not fit a table of " + header.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /// Writes the table, indented by two.
  public void printTo(Page page) {
    List<String> names = header.stream().map(page::shown).toList();
    List<List<String>> body =
        rows.stream().map(row -> row.stream().map(page::shown).toList()).toList();
    int[] widths = new int[names.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = visible(names.get(column));
      for (List<String> row : body) {
        widths[column] = Math.max(widths[column], visible(row.get(column)));
      }
    }
    page.line(page.style(Style.FAINT, render(names, widths)));
    for (List<String> row : body) {
      page.line(render(row, widths));
    }
  }

  private String render(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String blank = " ".repeat(widths[column] - visible(cell));
      line.append(GAP).append(column < leftColumns ? cell + blank : blank + cell);
    }
    return line.toString().stripTrailing();
  }

  private static int visible(String cell) {
    String text = ESCAPE.matcher(cell).replaceAll("");
    return text.codePointCount(0, text.length());
  }
}
