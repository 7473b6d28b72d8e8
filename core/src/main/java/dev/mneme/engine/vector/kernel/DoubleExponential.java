package dev.mneme.engine.vector.kernel;

/// `e^x` in double precision, several times faster than `StrictMath` and the same bits everywhere:
/// `x = n·ln 2 + r` with `|r| <= ln 2 / 2`, Taylor's polynomial for `e^r` up to `r^13`, and `n`
/// added to the exponent.
final class DoubleExponential {
  private static final double LOWEST = -708;
  private static final double HIGHEST = 709;
  private static final double LOG2_E = 1.4426950408889634;

  /// ln 2 in two parts, so that `x − n·ln 2` loses nothing.
  private static final double LN2_HIGH = 6.93147180369123816490e-01;

  private static final double LN2_LOW = 1.90821492927058770002e-10;

  /// 1.5 · 2^52: adding it rounds to an integer, which then stands in the low bits.
  private static final double ROUNDER = 6_755_399_441_055_744.0;

  private DoubleExponential() {}

  /// Relative error below 1e-15. Arguments are clamped to `[-708, 709]`; NaN stays NaN.
  static double exp(double x) {
    double clamped = x < LOWEST ? LOWEST : x > HIGHEST ? HIGHEST : x;
    double shifted = Math.fma(clamped, LOG2_E, ROUNDER);
    double n = shifted - ROUNDER;
    double r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, clamped));
    double p = Math.fma(r, 1 / 6_227_020_800.0, 1 / 479_001_600.0);
    p = Math.fma(p, r, 1 / 39_916_800.0);
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
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(p) + (Double.doubleToRawLongBits(shifted) << 52));
  }
}
