package dev.mneme.engine.vector.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// `e^x` from fused multiply-adds alone, so that every processor gives the same bits:
/// `x = n·ln 2 + r` with `|r| <= ln 2 / 2`, a polynomial for `e^r`, and `n` added to the exponent.
final class Exponential {
  private static final float FLOAT_LOWEST = -87f;
  private static final float FLOAT_HIGHEST = 88f;

  /// 1.5 · 2^23: adding it rounds to an integer, which then stands in the low bits.
  private static final float FLOAT_ROUNDER = 12_582_912f;

  private static final double DOUBLE_LOWEST = -708;
  private static final double DOUBLE_HIGHEST = 709;

  /// 1.5 · 2^52.
  private static final double DOUBLE_ROUNDER = 6_755_399_441_055_744.0;

  private Exponential() {}

  /// Single precision, relative error below 2e-7. Arguments are clamped to `[-87, 88]` on both sides;
  /// NaN stays NaN.
  static FloatVector exp(FloatVector x) {
    // Comparisons, not MAX and MIN: those need several instructions each to keep NaN.
    FloatVector clamped = x.blend(FLOAT_LOWEST, x.lt(FLOAT_LOWEST)).blend(FLOAT_HIGHEST, x.compare(VectorOperators.GT, FLOAT_HIGHEST));
    FloatVector shifted = clamped.lanewise(VectorOperators.FMA, 1.442695040888963f, FLOAT_ROUNDER);
    FloatVector n = shifted.sub(FLOAT_ROUNDER);
    FloatVector r = n.lanewise(VectorOperators.FMA, n.broadcast(-0.693359375f), clamped);
    r = n.lanewise(VectorOperators.FMA, n.broadcast(2.12194440e-4f), r);
    FloatVector p = r.lanewise(VectorOperators.FMA, 1.9875691500e-4f, 1.3981999507e-3f);
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(8.3334519073e-3f));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(4.1665795894e-2f));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1.6666665459e-1f));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(5.0000001201e-1f));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1f));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1f));
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  /// Double precision, relative error below 1e-15. Arguments are clamped to `[-708, 709]`.
  static DoubleVector exp(DoubleVector x) {
    DoubleVector clamped =
        x.blend(DOUBLE_LOWEST, x.lt(DOUBLE_LOWEST)).blend(DOUBLE_HIGHEST, x.compare(VectorOperators.GT, DOUBLE_HIGHEST));
    DoubleVector shifted = clamped.lanewise(VectorOperators.FMA, 1.4426950408889634, DOUBLE_ROUNDER);
    DoubleVector n = shifted.sub(DOUBLE_ROUNDER);
    DoubleVector r = n.lanewise(VectorOperators.FMA, n.broadcast(-6.93147180369123816490e-01), clamped);
    r = n.lanewise(VectorOperators.FMA, n.broadcast(-1.90821492927058770002e-10), r);
    DoubleVector p = r.lanewise(VectorOperators.FMA, 1 / 6_227_020_800.0, 1 / 479_001_600.0);
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 39_916_800.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 3_628_800.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 362_880.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 40_320.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 5_040.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 720.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 120.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 24.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 6.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(0.5));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1));
    LongVector exponent = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
    return p.reinterpretAsLongs().add(exponent).reinterpretAsDoubles();
  }
}
