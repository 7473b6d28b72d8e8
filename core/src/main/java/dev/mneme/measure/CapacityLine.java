package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.List;

/// The line of capacity against parameters (Morris et al., arXiv 2505.24832, section 3: slope 3.64
/// bits per parameter in half precision), fitted by least squares with 95% intervals from Student's
/// t distribution.
public sealed interface CapacityLine {
  /// One model.
  ///
  /// @param parameters all trainable parameters, at least 1
  /// @param capacity bits
  record Point(long parameters, Bits capacity) {
    public Point {
      if (parameters < 1) {
        throw new IllegalArgumentException(
            "a model has at least 1 parameter, but was given " + parameters);
      }
    }
  }

  /// Bits per parameter with its 95% interval.
  Interval slope();

  /// Measured minus fitted capacity, one per point in the order given.
  List<Bits> residuals();

  /// The share of the squares that the line explains: around the mean for a line with intercept,
  /// around 0 for a line through the origin. The two are not comparable. At most 1.
  double rSquared();

  /// The capacity that the line gives to a model.
  Bits at(long parameters);

  /// `capacity = slope · parameters`.
  record ThroughOrigin(Interval slope, List<Bits> residuals, double rSquared)
      implements CapacityLine {
    public ThroughOrigin {
      residuals = List.copyOf(residuals);
    }

    @Override
    public Bits at(long parameters) {
      return new Bits(slope.mean() * parameters);
    }
  }

  /// `capacity = intercept + slope · parameters`.
  ///
  /// @param intercept bits at 0 parameters, with its 95% interval
  record WithIntercept(
      Interval slope, Interval intercept, List<Bits> residuals, double rSquared)
      implements CapacityLine {
    public WithIntercept {
      residuals = List.copyOf(residuals);
    }

    @Override
    public Bits at(long parameters) {
      return new Bits(intercept.mean() + slope.mean() * parameters);
    }
  }

  /// Fits the line through the origin.
  ///
  /// @param points at least 2
  /// @throws IllegalArgumentException where there are fewer
  static ThroughOrigin throughOrigin(List<Point> points) {
    return CapacityLineFit.throughOrigin(points);
  }

  /// Fits slope and intercept.
  ///
  /// @param points at least 3, with at least two different parameter counts
  /// @throws IllegalArgumentException where there are fewer
  static WithIntercept withIntercept(List<Point> points) {
    return CapacityLineFit.withIntercept(points);
  }
}
