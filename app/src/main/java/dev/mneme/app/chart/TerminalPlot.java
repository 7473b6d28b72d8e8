package dev.mneme.app.chart;

import dev.mneme.app.chart.TerminalFigure.Line;
import dev.mneme.app.chart.TerminalFigure.Point;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A figure as characters: braille dots where the terminal shows them, otherwise one letter per
/// line.
public final class TerminalPlot {
  private static final int HEIGHT = 14;
  private static final int LEFT = 11;
  private static final int DOTS_ACROSS = 2;
  private static final int DOTS_DOWN = 4;
  private static final int EMPTY = -1;
  private static final int CEILING = -2;
  private static final int MOST_LINES = 8;
  private static final Style[] COLORS = {
    Style.BLUE, Style.YELLOW, Style.GREEN, Style.MAGENTA, Style.CYAN, Style.RED
  };

  private final TerminalFigure figure;
  private final List<Line> lines;
  private final int leftOut;
  private final Page page;
  private final int columns;
  private final int across;
  private final int down;
  private final int[][] dots;
  private final int[][] owner;

  // ends of the axes, on their scales
  private double left = Double.POSITIVE_INFINITY;
  private double right = Double.NEGATIVE_INFINITY;
  private double bottom = Double.POSITIVE_INFINITY;
  private double top = Double.NEGATIVE_INFINITY;

  private TerminalPlot(TerminalFigure figure, List<Line> lines, int leftOut, Page page) {
    this.figure = figure;
    this.lines = lines;
    this.leftOut = leftOut;
    this.page = page;
    this.columns = Math.min(page.columns() - LEFT - 2, 84);
    this.across = page.unicode() ? DOTS_ACROSS : 1;
    this.down = page.unicode() ? DOTS_DOWN : 1;
    this.dots = new int[HEIGHT][columns];
    this.owner = new int[HEIGHT][columns];
    for (int[] row : owner) {
      java.util.Arrays.fill(row, EMPTY);
    }
  }

  /// The colour of the line number `index`.
  public static Style color(int index) {
    return COLORS[index % COLORS.length];
  }

  /// Draws the curves; nothing where no model memorized anything.
  public static void print(List<Curve> all, Page page) {
    print(TerminalFigure.of(all), page);
  }

  /// Draws a figure; nothing where its axes can show no point. Of many lines some are drawn, evenly
  /// spaced, and the legend says how many are not.
  public static void print(TerminalFigure figure, Page page) {
    List<Line> all = figure.shown();
    List<Line> lines = new ArrayList<>();
    int most = Math.min(all.size(), MOST_LINES);
    for (int i = 0; i < most; i++) {
      lines.add(all.get(most == 1 ? 0 : i * (all.size() - 1) / (most - 1)));
    }
    if (!lines.isEmpty()) {
      new TerminalPlot(figure, lines, all.size() - most, page).draw();
    }
  }

  private void draw() {
    for (Line line : lines) {
      for (Point point : line.points()) {
        left = Math.min(left, figure.x().scaled(point.x()));
        right = Math.max(right, figure.x().scaled(point.x()));
        bottom = Math.min(bottom, figure.y().scaled(point.y()));
        top = Math.max(top, figure.y().scaled(point.y()));
      }
    }
    double width = right > left ? right - left : 1;
    left -= 0.01 * width;
    right += 0.01 * width;
    double height = top > bottom ? top - bottom : 1;
    bottom -= 0.03 * height;
    top += 0.06 * height;
    figure.bound().map(figure::shown).ifPresent(this::bound);
    for (int index = 0; index < lines.size(); index++) {
      line(lines.get(index).points(), index);
    }
    page.line(page.style(Style.FAINT, "  " + figure.y().name()));
    for (int row = 0; row < HEIGHT; row++) {
      boolean labelled = row % 4 == 0 || row == HEIGHT - 1;
      double value = figure.y().value(top - (row + 0.5) / HEIGHT * (top - bottom));
      String label = labelled ? figure.y().text().apply(value) : "";
      page.line(
          page.style(
                  Style.FAINT,
                  String.format(Locale.ROOT, "%" + (LEFT - 1) + "s", label)
                      + (labelled ? " ┤" : " │"))
              + row(row));
    }
    String low = figure.x().text().apply(figure.x().value(left));
    String high = figure.x().text().apply(figure.x().value(right));
    String middle = figure.x().name();
    int gap = Math.max(2, columns - low.length() - high.length() - middle.length());
    page.line(page.style(Style.FAINT, " ".repeat(LEFT) + "└" + "─".repeat(columns)));
    page.line(
        page.style(
            Style.FAINT,
            " ".repeat(LEFT + 1)
                + low
                + " ".repeat(gap / 2)
                + middle
                + " ".repeat(gap - gap / 2)
                + high));
    legend();
  }

  /// Names of the lines, in as many rows as it takes.
  private void legend() {
    StringBuilder row = new StringBuilder();
    int width = 0;
    for (int index = 0; index < lines.size(); index++) {
      String mark = page.unicode() ? "●" : String.valueOf(letter(index));
      String label = lines.get(index).label();
      width = entry(row, width, page.style(color(index), mark) + " " + label, 2 + label.length());
    }
    if (leftOut > 0) {
      String rest = "and " + leftOut + " more";
      width = entry(row, width, page.style(Style.FAINT, rest), rest.length());
    }
    if (figure.bound().isPresent()) {
      String label = (page.unicode() ? "⠒" : ".") + " " + figure.bound().get().label();
      entry(row, width, page.style(Style.FAINT, label), label.length());
    }
    page.line(" ".repeat(LEFT + 1) + row.toString().stripTrailing());
  }

  /// Adds an entry to a row of the legend, after writing the row where there is no room in it.
  ///
  /// @return columns taken in the row
  private int entry(StringBuilder row, int width, String text, int taken) {
    int before = width;
    if (before > 0 && LEFT + 1 + before + taken > page.columns()) {
      page.line(" ".repeat(LEFT + 1) + row.toString().stripTrailing());
      row.setLength(0);
      before = 0;
    }
    row.append(text).append("   ");
    return before + taken + 3;
  }

  private void bound(Line line) {
    int last = columns * across;
    for (int x = 0; x < last; x += across + 1) {
      double place = left + (x + 0.5) / last * (right - left);
      OptionalDouble height = at(line, place);
      if (height.isPresent()) {
        int y = y(height.getAsDouble());
        if (y >= 0 && y < HEIGHT * down) {
          set(x, y, CEILING);
        }
      }
    }
  }

  /// The height of a line on the scale of the axis, straight between its points; empty outside.
  private OptionalDouble at(Line line, double place) {
    for (int i = 1; i < line.points().size(); i++) {
      double from = figure.x().scaled(line.points().get(i - 1).x());
      double to = figure.x().scaled(line.points().get(i).x());
      if (from <= place && place <= to && to > from) {
        double low = figure.y().scaled(line.points().get(i - 1).y());
        double high = figure.y().scaled(line.points().get(i).y());
        return OptionalDouble.of(low + (place - from) / (to - from) * (high - low));
      }
    }
    return OptionalDouble.empty();
  }

  private void line(List<Point> points, int index) {
    for (int i = 0; i < points.size(); i++) {
      int x0 = x(points.get(i));
      int y0 = y(figure.y().scaled(points.get(i).y()));
      if (i == 0) {
        set(x0, y0, index);
        continue;
      }
      int fromX = x(points.get(i - 1));
      int fromY = y(figure.y().scaled(points.get(i - 1).y()));
      int steps = Math.max(1, Math.max(Math.abs(x0 - fromX), Math.abs(y0 - fromY)));
      for (int step = 0; step <= steps; step++) {
        set(
            fromX + Math.round((float) (x0 - fromX) * step / steps),
            fromY + Math.round((float) (y0 - fromY) * step / steps),
            index);
      }
    }
  }

  private int x(Point point) {
    int last = columns * across - 1;
    return Math.clamp(
        Math.round((figure.x().scaled(point.x()) - left) / (right - left) * last), 0, last);
  }

  /// @param scaled a height on the scale of the axis
  private int y(double scaled) {
    int last = HEIGHT * down - 1;
    return (int) Math.round((top - scaled) / (top - bottom) * last);
  }

  private void set(int x, int y, int line) {
    int column = Math.clamp(x / across, 0, columns - 1);
    int row = Math.clamp(y / down, 0, HEIGHT - 1);
    if (line != CEILING && owner[row][column] == CEILING) {
      dots[row][column] = 0; // a model's line hides the ceiling
    }
    dots[row][column] |= bit(x % across, y % down);
    owner[row][column] = line;
  }

  /// The dot's bit in a braille character (Unicode block 2800).
  private static int bit(int x, int y) {
    return y == 3 ? 0x40 << x : 1 << (y + 3 * x);
  }

  private String row(int row) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < columns; column++) {
      int line = owner[row][column];
      if (line == EMPTY) {
        text.append(' ');
        continue;
      }
      String character =
          page.unicode()
              ? String.valueOf((char) (0x2800 + dots[row][column]))
              : line == CEILING ? "." : String.valueOf(letter(line));
      text.append(page.style(line == CEILING ? Style.FAINT : color(line), character));
    }
    return text.toString().stripTrailing();
  }

  private static char letter(int index) {
    return (char) ('a' + index % 26);
  }
}
