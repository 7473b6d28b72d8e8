package dev.mneme.engine.vector.kernel;

import dev.mneme.engine.vector.kernel.Gemm.Operand;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [ExponentialKernels] for one vector width; see [Specialization].
///
/// `e^x` is made of fused multiply-adds alone, so that every processor gives the same bits: `x =
/// n·ln 2 + r` with `|r| <= ln 2 / 2`, a polynomial for `e^r`, and `n` added to the exponent. All
/// its users stand in this one class: a helper shared between the copies for several widths would
/// see vectors of several classes, and the compiler would give up on it.
final class ExponentialKernel implements ExponentialKernels {
  private static final VectorSpecies<Float> SPECIES =
      Specialization.floatSpecies(MethodHandles.lookup());
  private static final VectorSpecies<Double> DOUBLES = SPECIES.withLanes(double.class);
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;
  private static final int DOUBLE_LANES = DOUBLES.length();

  /// ln 2^-64. Below it an exponential is 0, 40 binary digits under the last one of a sum that
  /// holds e^0 = 1. Kept, such tails would leave denormal products with gradients, and many
  /// processors compute with those a hundred times slower.
  private static final float FLOAT_LOWEST = -44.361418f;

  private static final float FLOAT_HIGHEST = 88f;

  /// 2^-64, below which the gate of GELU is 0 for the same reason.
  private static final float SMALLEST_GATE = 0x1p-64f;

  /// 1.5 · 2^23: adding it rounds to an integer, which then stands in the low bits.
  private static final float FLOAT_ROUNDER = 12_582_912f;

  /// 2·√(2/π).
  private static final float GELU_SLOPE = 1.5957691216057308f;

  private static final float GELU_CUBE = 0.044715f;

  @Override
  public void raiseMaxima(int rows, float[] logits, int panelStart, int valid, float[] maxima) {
    VectorMask<Float> left = SPECIES.indexInRange(0, valid);
    VectorMask<Float> right = SPECIES.indexInRange(LANES, valid);
    FloatVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int row = 0; row < rows; row++) {
      int at = panelStart + row * PANEL;
      FloatVector a = none.blend(FloatVector.fromArray(SPECIES, logits, at), left);
      FloatVector b = none.blend(FloatVector.fromArray(SPECIES, logits, at + LANES), right);
      larger(FloatVector.fromArray(SPECIES, maxima, row * LANES), larger(a, b))
          .intoArray(maxima, row * LANES);
    }
  }

  @Override
  public void exponentiate(
      int rows,
      int panels,
      int columns,
      Operand logits,
      float[] maximum,
      float[] sums,
      float[] partial) {
    Arrays.fill(partial, 0, rows * LANES, 0);
    int whole = columns / PANEL;
    for (int panel = 0; panel < panels; panel++) {
      int start = logits.offset() + panel * logits.panelStride();
      if (panel < whole) {
        exponentiatePanel(rows, logits.data(), start, maximum, partial);
      } else {
        exponentiateLastPanel(
            rows, logits.data(), start, columns - panel * PANEL, maximum, partial);
      }
    }
    for (int row = 0; row < rows; row++) {
      sums[row] = Lanes.sum(partial, row * LANES, LANES);
    }
  }

  private static void exponentiatePanel(
      int rows, float[] data, int start, float[] maximum, float[] partial) {
    for (int row = 0; row < rows; row++) {
      int at = start + row * PANEL;
      FloatVector a = exp(FloatVector.fromArray(SPECIES, data, at).sub(maximum[row]));
      FloatVector b = exp(FloatVector.fromArray(SPECIES, data, at + LANES).sub(maximum[row]));
      a.intoArray(data, at);
      b.intoArray(data, at + LANES);
      FloatVector.fromArray(SPECIES, partial, row * LANES)
          .add(a.add(b))
          .intoArray(partial, row * LANES);
    }
  }

  private static void exponentiateLastPanel(
      int rows, float[] data, int start, int valid, float[] maximum, float[] partial) {
    VectorMask<Float> left = SPECIES.indexInRange(0, valid);
    VectorMask<Float> right = SPECIES.indexInRange(LANES, valid);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = 0; row < rows; row++) {
      int at = start + row * PANEL;
      FloatVector a =
          zero.blend(exp(FloatVector.fromArray(SPECIES, data, at).sub(maximum[row])), left);
      FloatVector b =
          zero.blend(
              exp(FloatVector.fromArray(SPECIES, data, at + LANES).sub(maximum[row])), right);
      a.intoArray(data, at);
      b.intoArray(data, at + LANES);
      FloatVector.fromArray(SPECIES, partial, row * LANES)
          .add(a.add(b))
          .intoArray(partial, row * LANES);
    }
  }

  @Override
  public void sumsOfExponentials(
      int rows,
      int columns,
      Operand logits,
      float[] maximum,
      double[] sums,
      double[] wide,
      double[] partial) {
    Arrays.fill(partial, 0, rows * DOUBLE_LANES, 0);
    int whole = columns / PANEL;
    for (int panel = 0; panel < whole; panel++) {
      widen(rows * PANEL, logits.data(), logits.offset() + panel * logits.panelStride(), wide);
      for (int row = 0; row < rows; row++) {
        double highest = maximum[row];
        DoubleVector sum = DoubleVector.fromArray(DOUBLES, partial, row * DOUBLE_LANES);
        for (int at = row * PANEL; at < (row + 1) * PANEL; at += DOUBLE_LANES) {
          sum = sum.add(exp(DoubleVector.fromArray(DOUBLES, wide, at).sub(highest)));
        }
        sum.intoArray(partial, row * DOUBLE_LANES);
      }
    }
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int lane = 0; lane < DOUBLE_LANES; lane++) {
        sum += partial[row * DOUBLE_LANES + lane];
      }
      int last = logits.offset() + whole * logits.panelStride() + row * PANEL;
      for (int i = 0; i < columns - whole * PANEL; i++) {
        sum += DoubleExponential.exp((double) logits.data()[last + i] - maximum[row]);
      }
      sums[row] = sum;
    }
  }

  /// A loop over plain arrays, because the compiler turns this one into conversion instructions,
  /// but not the conversions of the vector classes.
  private static void widen(int length, float[] from, int start, double[] to) {
    for (int i = 0; i < length; i++) {
      to[i] = from[start + i];
    }
  }

  @Override
  public void causalSoftmax(int rows, float scale, Operand scores) {
    float[] lanes = new float[LANES];
    for (int row = 0; row < rows; row++) {
      int start = scores.offset() + row * PANEL;
      softmax(
          scores.data(),
          start,
          scores.panelStride(),
          reachedPanels(row, rows),
          row + 1,
          scale,
          lanes);
    }
  }

  @Override
  public void softmaxOfRow(int columns, float scale, Operand scores) {
    int panels = (columns + PANEL - 1) / PANEL;
    softmax(
        scores.data(),
        scores.offset(),
        scores.panelStride(),
        panels,
        columns,
        scale,
        new float[LANES]);
  }

  /// One row, which starts at `start`, over its first `columns` columns. Further panels change no
  /// bit of them: they add zeros to the sum.
  private static void softmax(
      float[] data, int start, int stride, int panels, int columns, float scale, float[] lanes) {
    FloatVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector highest = none;
    for (int panel = 0; panel < panels; panel++) {
      for (int half = 0; half < PANEL; half += LANES) {
        VectorMask<Float> past = SPECIES.indexInRange(panel * PANEL + half, columns);
        int at = start + panel * stride + half;
        highest = larger(highest, none.blend(FloatVector.fromArray(SPECIES, data, at), past));
      }
    }
    float maximum = highest.reduceLanes(VectorOperators.MAX);
    FloatVector sum = zero;
    for (int panel = 0; panel < panels; panel++) {
      for (int half = 0; half < PANEL; half += LANES) {
        VectorMask<Float> past = SPECIES.indexInRange(panel * PANEL + half, columns);
        int at = start + panel * stride + half;
        FloatVector e =
            zero.blend(exp(FloatVector.fromArray(SPECIES, data, at).sub(maximum).mul(scale)), past);
        e.intoArray(data, at);
        sum = sum.add(e);
      }
    }
    float inverse = 1 / sum(sum, lanes);
    for (int panel = 0; panel < panels; panel++) {
      for (int half = 0; half < PANEL; half += LANES) {
        int at = start + panel * stride + half;
        FloatVector.fromArray(SPECIES, data, at).mul(inverse).intoArray(data, at);
      }
    }
  }

  @Override
  public void causalSoftmaxBackward(int rows, float scale, Operand weights, Operand d) {
    float[] lanes = new float[LANES];
    for (int row = 0; row < rows; row++) {
      int panels = reachedPanels(row, rows);
      FloatVector product = FloatVector.zero(SPECIES);
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int at = row * PANEL + half;
          FloatVector p =
              FloatVector.fromArray(
                  SPECIES, weights.data(), weights.offset() + panel * weights.panelStride() + at);
          product =
              p.fma(
                  FloatVector.fromArray(
                      SPECIES, d.data(), d.offset() + panel * d.panelStride() + at),
                  product);
        }
      }
      float mean = sum(product, lanes);
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int at = row * PANEL + half;
          int target = d.offset() + panel * d.panelStride() + at;
          FloatVector p =
              FloatVector.fromArray(
                  SPECIES, weights.data(), weights.offset() + panel * weights.panelStride() + at);
          FloatVector.fromArray(SPECIES, d.data(), target)
              .sub(mean)
              .mul(p)
              .mul(scale)
              .intoArray(d.data(), target);
        }
      }
    }
  }

  /// The larger of each two lanes. A NaN may be passed over here: it comes out of the exponential.
  private static FloatVector larger(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  /// Panels that the row's block of 8 rows reaches.
  private static int reachedPanels(int row, int rows) {
    int blockEnd = Math.min(rows, row / 8 * 8 + 8);
    return (blockEnd + PANEL - 1) / PANEL;
  }

  @Override
  public void gelu(int length, float[] x, float[] out) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, i);
      value.mul(gate(value)).intoArray(out, i);
    }
  }

  @Override
  public void geluBackward(int length, float[] x, float[] d) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector value = FloatVector.fromArray(SPECIES, x, i);
      FloatVector gate = gate(value);
      FloatVector slope = value.mul(value).mul(3 * GELU_CUBE).add(1f).mul(GELU_SLOPE);
      FloatVector bend = value.mul(gate).mul(gate.neg().add(1f));
      bend.fma(slope, gate).mul(FloatVector.fromArray(SPECIES, d, i)).intoArray(d, i);
    }
  }

  /// σ(2·√(2/π)·(x + 0.044715 x³)).
  private static FloatVector gate(FloatVector x) {
    FloatVector inner = x.mul(x).mul(GELU_CUBE).add(1f).mul(x).mul(-GELU_SLOPE);
    FloatVector gate = FloatVector.broadcast(SPECIES, 1f).div(exp(inner).add(1f));
    return gate.blend(0f, gate.lt(SMALLEST_GATE));
  }

  /// Single precision, relative error below 2e-7; 0 below [#FLOAT_LOWEST], `e^88` above 88; NaN
  /// stays NaN.
  private static FloatVector exp(FloatVector x) {
    // Comparisons, not MAX and MIN: those need several instructions each to keep NaN.
    FloatVector clamped = x.blend(FLOAT_HIGHEST, x.compare(VectorOperators.GT, FLOAT_HIGHEST));
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
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats().blend(0f, x.lt(FLOAT_LOWEST));
  }

  /// [DoubleExponential] for all lanes at once, to the same bits.
  private static DoubleVector exp(DoubleVector x) {
    DoubleVector clamped = x.blend(DoubleExponential.LOWEST, x.lt(DoubleExponential.LOWEST));
    DoubleVector r = clamped.mul(DoubleExponential.SCALE);
    DoubleVector p = r.lanewise(VectorOperators.FMA, 1 / 479_001_600.0, 1 / 39_916_800.0);
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 3_628_800.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 362_880.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 40_320.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 5_040.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 720.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 120.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 24.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1 / 6.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(0.5));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1.0));
    p = p.lanewise(VectorOperators.FMA, r, r.broadcast(1.0));
    for (int i = 0; i < DoubleExponential.SQUARINGS; i++) {
      p = p.mul(p);
    }
    return p;
  }

  /// The sum of all lanes in a fixed order; see [Lanes].
  private static float sum(FloatVector vector, float[] scratch) {
    vector.intoArray(scratch, 0);
    return Lanes.sum(scratch, 0, LANES);
  }
}
