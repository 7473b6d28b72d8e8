package dev.mneme.app.chart;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import java.util.List;
import java.util.Locale;

/// The curve as characters: braille dots where the terminal shows them, otherwise one letter per
/// model. Both axes are logarithmic.
public final class TerminalPlot {
  private static final int HEIGHT = 14;
  private static final int LEFT = 11;
  private static final int DOTS_ACROSS = 2;
  private static final int DOTS_DOWN = 4;
  private static final int EMPTY = -1;
  private static final int CEILING = -2;
  private static final Style[] COLORS = {
    Style.BLUE, Style.YELLOW, Style.GREEN, Style.MAGENTA, Style.CYAN, Style.RED
  };

  private final List<Curve> curves;
  private final Page page;
  private final int columns;
  private final int across;
  private final int down;
  private final int[][] dots;
  private final int[][] owner;
  private double left = Double.MAX_VALUE;
  private double right;
  private double bottom = Double.MAX_VALUE;
  private double top;

  private TerminalPlot(List<Curve> curves, Page page) {
    this.curves = curves;
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
    List<Curve> curves = all.stream().filter(curve -> !curve.positive().isEmpty()).toList();
    if (!curves.isEmpty()) {
      new TerminalPlot(curves, page).draw();
    }
  }

  private void draw() {
    for (Curve curve : curves) {
      for (Curve.Point point : curve.positive()) {
        left = Math.min(left, point.size());
        right = Math.max(right, point.size());
        bottom = Math.min(bottom, point.memorized().mean());
        top = Math.max(top, point.memorized().mean());
      }
    }
    left /= 1.05;
    right *= 1.05;
    top *= 1.25;
    bottom /= 1.1;
    ceiling();
    for (int index = 0; index < curves.size(); index++) {
      line(curves.get(index).positive(), index);
    }
    page.line(page.style(Style.FAINT, "  memorized"));
    for (int row = 0; row < HEIGHT; row++) {
      boolean labelled = row % 4 == 0 || row == HEIGHT - 1;
      double value = Math.exp(Math.log(top) - (row + 0.5) / HEIGHT * Math.log(top / bottom));
      String label = labelled ? Numbers.bits(value) : "";
      page.line(
          page.style(
                  Style.FAINT,
                  String.format(Locale.ROOT, "%" + (LEFT - 1) + "s", label)
                      + (labelled ? " ┤" : " │"))
              + row(row));
    }
    String low = Numbers.bits(left);
    String high = Numbers.bits(right);
    String middle = "data set size";
    int gap = Math.max(1, columns - low.length() - high.length() - middle.length());
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
    StringBuilder legend = new StringBuilder(" ".repeat(LEFT + 1));
    for (int index = 0; index < curves.size(); index++) {
      String mark = page.unicode() ? "●" : String.valueOf(letter(index));
      legend
          .append(page.style(color(index), mark))
          .append(' ')
          .append(curves.get(index).label())
          .append("   ");
    }
    legend.append(
        page.style(
            Style.FAINT, (page.unicode() ? "⠒" : ".") + " " + CeilingLine.of(curves).label()));
    page.line(legend.toString().stripTrailing());
  }

  private void ceiling() {
    CeilingLine ceilingLine = CeilingLine.of(curves);
    int last = columns * across;
    for (int x = 0; x < last; x += across + 1) {
      double size = Math.exp(Math.log(left) + (x + 0.5) / last * Math.log(right / left));
      int y = y(ceilingLine.at(size));
      if (y >= 0 && y < HEIGHT * down) {
        set(x, y, CEILING);
      }
    }
  }

  private void line(List<Curve.Point> points, int index) {
    for (int i = 0; i < points.size(); i++) {
      int x0 = x(points.get(i).size());
      int y0 = y(points.get(i).memorized().mean());
      if (i == 0) {
        set(x0, y0, index);
        continue;
      }
      int fromX = x(points.get(i - 1).size());
      int fromY = y(points.get(i - 1).memorized().mean());
      int steps = Math.max(1, Math.max(Math.abs(x0 - fromX), Math.abs(y0 - fromY)));
      for (int step = 0; step <= steps; step++) {
        set(
            fromX + Math.round((float) (x0 - fromX) * step / steps),
            fromY + Math.round((float) (y0 - fromY) * step / steps),
            index);
      }
    }
  }

  private int x(double size) {
    int last = columns * across - 1;
    return Math.clamp(Math.round(Math.log(size / left) / Math.log(right / left) * last), 0, last);
  }

  private int y(double value) {
    int last = HEIGHT * down - 1;
    return (int) Math.round(Math.log(top / value) / Math.log(top / bottom) * last);
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
