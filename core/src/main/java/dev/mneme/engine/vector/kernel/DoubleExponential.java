package dev.mneme.engine.vector.kernel;

/// `e^x` of `x <= 0` in double precision, the same bits everywhere: Taylor's polynomial for
/// `e^(x/256)` up to its twelfth power, squared eight times.
///
/// The usual way, adding to the exponent, would be shorter, but [ExponentialKernel] does the same
/// for whole vectors, and there the compiler does not turn looking at doubles as integers into
/// instructions.
final class DoubleExponential {
  /// Below this, `e^x` counts as `e^LOWEST`, 6e-39: nothing beside the 1 of the largest logit.
  static final double LOWEST = -88;

  static final double SCALE = 1.0 / 256;
  static final int SQUARINGS = 8;

  private DoubleExponential() {}

  /// Relative error below 1e-13 from −88 to 0; NaN stays NaN.
  ///
  /// @param x at most 0
  static double exp(double x) {
    double clamped = x < LOWEST ? LOWEST : x;
    double r = clamped * SCALE;
    double p = Math.fma(r, 1 / 479_001_600.0, 1 / 39_916_800.0);
    p = Math.fma(p, r, 1 / 3_628_800.0);
    p = Math.fma(p, r, 1 / 362_880.0);
    p = Math.fma(p, r, 1 / 40_320.0);
    p = Math.fma(p, r, 1 / 5_040.0);
    p = Math.fma(p, r, 1 / 720.0);
    p = Math.fma(p, r, 1 / 120.0);
    p = Math.fma(p, r, 1 / 24.0);
    p = Math.fma(p, r, 1 / 6.0);
    p = Math.fma(p, r, 0.5);
    p = Math.fma(p, r, 1);
    p = Math.fma(p, r, 1);
    for (int i = 0; i < SQUARINGS; i++) {
      p *= p;
    }
    return p;
  }
}
