package dev.mneme.law;

/// The membership curve as the search for its constants sees it: with `a = log c1`, `b = log(−c2)`
/// and `m = −c3`, every point of the search space is a law that falls with z.
///
/// The clip at ½ never acts, since c1 is above 0. Where the clip at 1 acts the curve is flat.
final class MembershipCurve {
  /// Largest |a| looked at: a c1 of 1/20,000 or 20,000.
  private static final double WIDEST_LOG_HEIGHT = 10;

  /// Steepness between one that leaves no fall within the data and a step, relative to the span.
  private static final double STEEPNESS = 1e3;

  /// How far outside the data the middle may lie, in spans.
  private static final double OFFSET = 100;

  private final double span;

  /// @param span largest z of the data
  MembershipCurve(double span) {
    this.span = span;
  }

  static double[] pointOf(MembershipLaw law) {
    return new double[] {Math.log(law.c1()), Math.log(-law.c2()), -law.c3()};
  }

  static MembershipLaw lawAt(double[] point) {
    return new MembershipLaw(Math.exp(point[0]), -Math.exp(point[1]), -point[2]);
  }

  static double value(double[] point, double z) {
    return Math.min(1, unclipped(point, z));
  }

  private static double unclipped(double[] point, double z) {
    return 0.5 * (1 + Math.exp(point[0]) * share(point, z));
  }

  private static double share(double[] point, double z) {
    return MembershipLaw.logistic(-Math.exp(point[1]) * (z - point[2]));
  }

  /// Derivatives of [#value] by a, b and m.
  static double[] gradient(double[] point, double z) {
    if (unclipped(point, z) >= 1) {
      return new double[3];
    }
    double steepness = Math.exp(point[1]);
    double share = share(point, z);
    double height = 0.5 * Math.exp(point[0]) * share;
    double slope = height * (1 - share) * steepness;
    return new double[] {height, -slope * (z - point[2]), slope};
  }

  /// The nearest point that the search may visit.
  double[] within(double[] point) {
    return new double[] {
      Math.clamp(point[0], -WIDEST_LOG_HEIGHT, WIDEST_LOG_HEIGHT),
      Math.clamp(point[1], Math.log(1 / (STEEPNESS * span)), Math.log(STEEPNESS / span)),
      Math.clamp(point[2], -OFFSET * span, OFFSET * span)
    };
  }

  /// Whether the law is, to 1%, the exponential that it becomes for c1 without end, `½ (1 + e^(c2
  /// (z − z1)))` clipped to 1. The curve is then determined, c1 and c3 alone are not.
  ///
  /// Where F1 is at most 1, `c1 σ` is at most 1 too, and with `σ <= 1/c1` the logistic function
  /// differs from its exponential tail by no more than that share.
  static boolean isExponential(double[] point) {
    return Math.exp(point[0]) >= 100;
  }

  /// Whether the search ran into its bounds, so that the data do not determine the constants.
  boolean atBounds(double[] point) {
    double[] inner = within(point);
    double margin = 1e-9;
    return Math.abs(inner[0]) >= WIDEST_LOG_HEIGHT - margin
        || inner[1] <= Math.log(1 / (STEEPNESS * span)) + margin
        || inner[1] >= Math.log(STEEPNESS / span) - margin
        || Math.abs(inner[2]) >= OFFSET * span * (1 - margin);
  }
}
