package dev.mneme.app.html;

import java.util.List;
import java.util.Optional;

/// Data to be drawn, without a word about how it is drawn; see [ChartOptions].
///
/// @param id unique in the report, lower-case words joined by hyphens
/// @param title above it
/// @param note below it: what was left out or thinned; may be empty
/// @param x axis to the right
/// @param y axis upwards
/// @param series in the order of the legend; series of one name are switched together
/// @param marks vertical lines
public record Chart(
    String id, String title, String note, Axis x, Axis y, List<Series> series, List<Mark> marks)
    implements Report.Block {
  public Chart {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
  }

  /// One axis.
  ///
  /// @param name quantity and unit
  /// @param logarithmic as it is shown at first
  /// @param most the largest value that there can be; infinite where there is none
  public record Axis(String name, boolean logarithmic, double most) {
    static Axis linear(String name) {
      return new Axis(name, false, Double.POSITIVE_INFINITY);
    }

    static Axis log(String name) {
      return new Axis(name, true, Double.POSITIVE_INFINITY);
    }

    /// A share, which ends at 1.
    static Axis logShare(String name) {
      return new Axis(name, true, 1);
    }
  }

  /// How a series is drawn.
  public enum Role {
    /// Points joined by a line.
    LINE,
    /// Points alone.
    POINTS,
    /// Points whose y holds until the x of the next one.
    STEPS,
    /// A dashed line that belongs to the series of the same name.
    COMPANION,
    /// A thin line to compare with.
    REFERENCE,
    /// Counts of neighbouring classes, each at its middle.
    HISTOGRAM
  }

  /// Points that belong together.
  ///
  /// @param name in the legend
  /// @param role how it is drawn
  /// @param color number of its colour, from 0; below 0 a muted one
  /// @param label at its end, on wide screens; may be empty
  /// @param points in the order in which they are joined
  public record Series(String name, Role role, int color, String label, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /// One point.
  ///
  /// @param bounds of a 95% interval of y
  public record Point(double x, double y, Optional<Bounds> bounds) {
    public Point {
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new IllegalArgumentException("a point needs finite numbers, but was " + x + ", " + y);
      }
    }

    Point(double x, double y) {
      this(x, y, Optional.empty());
    }

    /// A point with the interval of its mean; without bounds where a single observation gives none.
    static Point of(double x, dev.mneme.measure.Interval y) {
      return new Point(
          x, y.mean(), y.isPoint() ? Optional.empty() : Optional.of(new Bounds(y.low(), y.high())));
    }
  }

  /// Bounds of an interval.
  public record Bounds(double low, double high) {}

  /// A vertical line.
  ///
  /// @param name beside it
  /// @param x where
  public record Mark(String name, double x) {}
}
