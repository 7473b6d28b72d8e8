package dev.mneme.app.chart;

import dev.mneme.measure.Interval;
import java.awt.Color;
import java.util.List;

/// One line of a panel.
///
/// @param color of it
/// @param kind how it is drawn
/// @param points in the order in which they are joined, at least one
record Line(Color color, Kind kind, List<Point> points) {
  /// How a line is drawn.
  enum Kind {
    /// Joined, with a dot for each point.
    SOLID,
    /// Joined by dashes, with a dot for each point.
    DASHED,
    /// Joined by thin dots, without marks: levels to compare with.
    DOTTED,
    /// Joined, thin, without marks: curves of formulas.
    PLAIN,
    /// Joined by dashes, without marks.
    DASHED_PLAIN,
    /// Joined by thin dashes, without marks: places to look at.
    THIN_DASHED,
    /// Not joined.
    POINTS,
    /// Steps down to zero, filled.
    STEPS
  }

  /// One point.
  ///
  /// @param y with the interval drawn around it; a point interval draws none
  record Point(double x, Interval y) {
    /// A point without interval.
    static Point of(double x, double y) {
      return new Point(x, new Interval(y, y, y, 1));
    }
  }

  Line {
    points = List.copyOf(points);
  }

  /// A line from one point to another.
  static Line between(Color color, Kind kind, double x0, double y0, double x1, double y1) {
    return new Line(color, kind, List.of(Point.of(x0, y0), Point.of(x1, y1)));
  }
}
