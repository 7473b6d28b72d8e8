package dev.mneme.app.chart;

import dev.mneme.app.output.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// What a [TerminalPlot] draws: lines, and perhaps one to compare with.
///
/// @param x axis to the right
/// @param y axis upwards
/// @param lines in the order of the legend
/// @param bound a dotted line behind them, which does not stretch the axes
public record TerminalFigure(Axis x, Axis y, List<Line> lines, Optional<Line> bound) {
  private static final int SAMPLES = 200;

  public TerminalFigure {
    lines = List.copyOf(lines);
  }

  /// One axis.
  ///
  /// @param name what it shows, in a few words
  /// @param logarithmic whether equal steps are equal ratios
  /// @param text a value as it is read
  public record Axis(String name, boolean logarithmic, DoubleFunction<String> text) {
    /// A value on the scale of the axis.
    double scaled(double value) {
      return logarithmic ? Math.log(value) : value;
    }

    /// The value at a place on the scale.
    double value(double scaled) {
      return logarithmic ? Math.exp(scaled) : scaled;
    }

    boolean shows(double value) {
      return !logarithmic || value > 0;
    }
  }

  /// One line.
  ///
  /// @param label in the legend
  /// @param points from left to right
  public record Line(String label, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /// One point.
  public record Point(double x, double y) {}

  /// The lines with only those points that both axes can show; lines without any are left out.
  List<Line> shown() {
    return lines.stream().map(this::shown).filter(line -> !line.points().isEmpty()).toList();
  }

  /// A line with only those points that both axes can show.
  Line shown(Line line) {
    return new Line(
        line.label(),
        line.points().stream().filter(point -> x.shows(point.x()) && y.shows(point.y())).toList());
  }

  /// Memorized bits of several models against the size of the data.
  static TerminalFigure of(List<Curve> all) {
    List<Curve> curves = all.stream().filter(curve -> !curve.positive().isEmpty()).toList();
    List<Line> lines =
        curves.stream()
            .map(curve ->
                new Line(
                    curve.label(),
                    curve.points().stream()
                        .map(point -> new Point(point.size(), point.memorized().mean()))
                        .toList()))
            .toList();
    double[] sizes =
        curves.stream()
            .flatMap(curve -> curve.positive().stream())
            .mapToDouble(Curve.Point::size)
            .sorted()
            .toArray();
    Optional<Line> bound = Optional.empty();
    if (sizes.length > 0) {
      CeilingLine line = CeilingLine.of(curves);
      List<Point> ceiling = new ArrayList<>();
      double left = 0.9 * sizes[0];
      double ratio = 1.1 * sizes[sizes.length - 1] / left;
      for (int i = 0; i <= SAMPLES; i++) {
        double size = left * Math.pow(ratio, (double) i / SAMPLES);
        ceiling.add(new Point(size, line.at(size)));
      }
      bound = Optional.of(new Line(line.label(), ceiling));
    }
    return new TerminalFigure(
        new Axis("data set size", true, Numbers::bits),
        new Axis("memorized", true, Numbers::bits),
        lines,
        bound);
  }
}
