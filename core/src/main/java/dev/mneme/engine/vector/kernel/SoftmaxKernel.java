package dev.mneme.engine.vector.kernel;

import dev.mneme.engine.vector.kernel.Gemm.Operand;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// [SoftmaxKernels] for one vector width; see [Specialization].
final class SoftmaxKernel implements SoftmaxKernels {
  private static final VectorSpecies<Float> SPECIES =
      Specialization.floatSpecies(MethodHandles.lookup());
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;

  /// Doubles of the same width, and as many floats.
  private static final VectorSpecies<Double> DOUBLES = SPECIES.withLanes(double.class);

  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

  @Override
  public void raiseMaxima(int rows, float[] logits, int panelStart, int valid, float[] maxima) {
    VectorMask<Float> left = SPECIES.indexInRange(0, valid);
    VectorMask<Float> right = SPECIES.indexInRange(LANES, valid);
    FloatVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int row = 0; row < rows; row++) {
      int at = panelStart + row * PANEL;
      FloatVector a = none.blend(FloatVector.fromArray(SPECIES, logits, at), left);
      FloatVector b = none.blend(FloatVector.fromArray(SPECIES, logits, at + LANES), right);
      larger(FloatVector.fromArray(SPECIES, maxima, row * LANES), larger(a, b)).intoArray(maxima, row * LANES);
    }
  }

  @Override
  public void exponentiate(
      int rows, int panels, int columns, Operand logits, float[] maximum, float[] sums, float[] partial) {
    Arrays.fill(partial, 0, rows * LANES, 0);
    int whole = columns / PANEL;
    for (int panel = 0; panel < panels; panel++) {
      int start = logits.offset() + panel * logits.panelStride();
      if (panel < whole) {
        exponentiatePanel(rows, logits.data(), start, maximum, partial);
      } else {
        exponentiateLastPanel(rows, logits.data(), start, columns - panel * PANEL, maximum, partial);
      }
    }
    for (int row = 0; row < rows; row++) {
      sums[row] = Lanes.sum(partial, row * LANES, LANES);
    }
  }

  private static void exponentiatePanel(int rows, float[] data, int start, float[] maximum, float[] partial) {
    for (int row = 0; row < rows; row++) {
      int at = start + row * PANEL;
      FloatVector a = Exponential.exp(FloatVector.fromArray(SPECIES, data, at).sub(maximum[row]));
      FloatVector b = Exponential.exp(FloatVector.fromArray(SPECIES, data, at + LANES).sub(maximum[row]));
      a.intoArray(data, at);
      b.intoArray(data, at + LANES);
      FloatVector.fromArray(SPECIES, partial, row * LANES).add(a.add(b)).intoArray(partial, row * LANES);
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
          zero.blend(Exponential.exp(FloatVector.fromArray(SPECIES, data, at).sub(maximum[row])), left);
      FloatVector b =
          zero.blend(Exponential.exp(FloatVector.fromArray(SPECIES, data, at + LANES).sub(maximum[row])), right);
      a.intoArray(data, at);
      b.intoArray(data, at + LANES);
      FloatVector.fromArray(SPECIES, partial, row * LANES).add(a.add(b)).intoArray(partial, row * LANES);
    }
  }

  @Override
  public double sumOfExponentials(int row, int columns, Operand logits, float maximum) {
    DoubleVector sum = DoubleVector.zero(DOUBLES);
    double rest = 0;
    for (int panel = 0; panel * PANEL < columns; panel++) {
      int start = logits.offset() + panel * logits.panelStride() + row * PANEL;
      int valid = Math.min(PANEL, columns - panel * PANEL);
      if (valid == PANEL) {
        for (int i = 0; i < PANEL; i += HALF.length()) {
          DoubleVector z =
              (DoubleVector) FloatVector.fromArray(HALF, logits.data(), start + i).castShape(DOUBLES, 0);
          sum = sum.add(Exponential.exp(z.sub(maximum)));
        }
      } else {
        for (int i = 0; i < valid; i++) {
          rest += StrictMath.exp((double) logits.data()[start + i] - maximum);
        }
      }
    }
    double[] lanes = new double[DOUBLES.length()];
    sum.intoArray(lanes, 0);
    double total = 0;
    for (double lane : lanes) {
      total += lane;
    }
    return total + rest;
  }

  @Override
  public void causalSoftmax(int rows, float scale, Operand scores) {
    float[] lanes = new float[LANES];
    float[] data = scores.data();
    FloatVector none = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int row = 0; row < rows; row++) {
      int start = scores.offset() + row * PANEL;
      int panels = reachedPanels(row, rows);
      FloatVector highest = none;
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          VectorMask<Float> past = SPECIES.indexInRange(panel * PANEL + half, row + 1);
          int at = start + panel * scores.panelStride() + half;
          highest = larger(highest, none.blend(FloatVector.fromArray(SPECIES, data, at), past));
        }
      }
      float maximum = highest.reduceLanes(VectorOperators.MAX);
      FloatVector sum = zero;
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          VectorMask<Float> past = SPECIES.indexInRange(panel * PANEL + half, row + 1);
          int at = start + panel * scores.panelStride() + half;
          FloatVector e =
              zero.blend(
                  Exponential.exp(FloatVector.fromArray(SPECIES, data, at).sub(maximum).mul(scale)), past);
          e.intoArray(data, at);
          sum = sum.add(e);
        }
      }
      float inverse = 1 / Lanes.sum(sum, lanes);
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int at = start + panel * scores.panelStride() + half;
          FloatVector.fromArray(SPECIES, data, at).mul(inverse).intoArray(data, at);
        }
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
          FloatVector p = FloatVector.fromArray(
              SPECIES, weights.data(), weights.offset() + panel * weights.panelStride() + at);
          product = p.fma(
              FloatVector.fromArray(SPECIES, d.data(), d.offset() + panel * d.panelStride() + at), product);
        }
      }
      float mean = Lanes.sum(product, lanes);
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int at = row * PANEL + half;
          int target = d.offset() + panel * d.panelStride() + at;
          FloatVector p = FloatVector.fromArray(
              SPECIES, weights.data(), weights.offset() + panel * weights.panelStride() + at);
          FloatVector.fromArray(SPECIES, d.data(), target).sub(mean).mul(p).mul(scale)
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
}
