package dev.mneme.engine.vector.kernel;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.model.GptConfig;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [RowKernels] for one vector width; see [Specialization].
final class RowKernel implements RowKernels {
  private static final VectorSpecies<Float> SPECIES =
      Specialization.floatSpecies(MethodHandles.lookup());
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;

  @Override
  public void normalize(
      int rows,
      int panels,
      int width,
      float[] columnMask,
      Operand x,
      float[] parameters,
      int scale,
      int shift,
      Operand normalized,
      Operand out,
      float[] inverseDeviation) {
    float[] lanes = new float[LANES];
    for (int row = 0; row < rows; row++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int panel = 0; panel < panels; panel++) {
        int at = x.offset() + panel * x.panelStride() + row * PANEL;
        sum = sum.add(FloatVector.fromArray(SPECIES, x.data(), at));
        sum = sum.add(FloatVector.fromArray(SPECIES, x.data(), at + LANES));
      }
      float mean = sum(sum, lanes) / width;
      FloatVector squares = FloatVector.zero(SPECIES);
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int at = x.offset() + panel * x.panelStride() + row * PANEL + half;
          FloatVector centered =
              FloatVector.fromArray(SPECIES, x.data(), at)
                  .sub(mean)
                  .mul(FloatVector.fromArray(SPECIES, columnMask, panel * PANEL + half));
          squares = centered.fma(centered, squares);
        }
      }
      float inverse =
          (float)
              (1 / Math.sqrt(sum(squares, lanes) / (double) width + GptConfig.LAYER_NORM_EPSILON));
      inverseDeviation[row] = inverse;
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int column = panel * PANEL + half;
          int at = row * PANEL + half;
          FloatVector unit =
              FloatVector.fromArray(SPECIES, x.data(), x.offset() + panel * x.panelStride() + at)
                  .sub(mean)
                  .mul(FloatVector.fromArray(SPECIES, columnMask, column))
                  .mul(inverse);
          unit.intoArray(
              normalized.data(), normalized.offset() + panel * normalized.panelStride() + at);
          unit.fma(
                  FloatVector.fromArray(SPECIES, parameters, scale + column),
                  FloatVector.fromArray(SPECIES, parameters, shift + column))
              .intoArray(out.data(), out.offset() + panel * out.panelStride() + at);
        }
      }
    }
  }

  @Override
  public void normalizeBackward(
      int rows,
      int panels,
      int width,
      float[] columnMask,
      Operand dOut,
      Operand normalized,
      float[] inverseDeviation,
      float[] parameters,
      int scale,
      float[] gradient,
      int dScale,
      int dShift,
      Operand dx) {
    float[] lanes = new float[LANES];
    for (int row = 0; row < rows; row++) {
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector product = FloatVector.zero(SPECIES);
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int column = panel * PANEL + half;
          int at = row * PANEL + half;
          FloatVector d =
              FloatVector.fromArray(
                  SPECIES, dOut.data(), dOut.offset() + panel * dOut.panelStride() + at);
          FloatVector unit =
              FloatVector.fromArray(
                  SPECIES,
                  normalized.data(),
                  normalized.offset() + panel * normalized.panelStride() + at);
          d.fma(unit, FloatVector.fromArray(SPECIES, gradient, dScale + column))
              .intoArray(gradient, dScale + column);
          d.add(FloatVector.fromArray(SPECIES, gradient, dShift + column))
              .intoArray(gradient, dShift + column);
          FloatVector scaled = d.mul(FloatVector.fromArray(SPECIES, parameters, scale + column));
          sum = sum.add(scaled);
          product = scaled.fma(unit, product);
        }
      }
      float meanOfD = sum(sum, lanes) / width;
      float meanOfProduct = sum(product, lanes) / width;
      float inverse = inverseDeviation[row];
      for (int panel = 0; panel < panels; panel++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int column = panel * PANEL + half;
          int at = row * PANEL + half;
          FloatVector factor = FloatVector.fromArray(SPECIES, parameters, scale + column);
          FloatVector scaled =
              FloatVector.fromArray(
                      SPECIES, dOut.data(), dOut.offset() + panel * dOut.panelStride() + at)
                  .mul(factor);
          FloatVector unit =
              FloatVector.fromArray(
                  SPECIES,
                  normalized.data(),
                  normalized.offset() + panel * normalized.panelStride() + at);
          int target = dx.offset() + panel * dx.panelStride() + at;
          FloatVector inner =
              scaled
                  .sub(meanOfD)
                  .sub(unit.mul(meanOfProduct))
                  .mul(FloatVector.fromArray(SPECIES, columnMask, column));
          inner
              .mul(inverse)
              .add(FloatVector.fromArray(SPECIES, dx.data(), target))
              .intoArray(dx.data(), target);
        }
      }
    }
  }

  @Override
  public void add(int length, float[] source, float[] target) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector.fromArray(SPECIES, target, i)
          .add(FloatVector.fromArray(SPECIES, source, i))
          .intoArray(target, i);
    }
  }

  @Override
  public void addColumnSums(int rows, int panels, Operand d, float[] gradient, int offset) {
    for (int panel = 0; panel < panels; panel++) {
      int at = d.offset() + panel * d.panelStride();
      FloatVector left = FloatVector.zero(SPECIES);
      FloatVector right = FloatVector.zero(SPECIES);
      for (int row = 0; row < rows; row++) {
        left = left.add(FloatVector.fromArray(SPECIES, d.data(), at + row * PANEL));
        right = right.add(FloatVector.fromArray(SPECIES, d.data(), at + row * PANEL + LANES));
      }
      int target = offset + panel * PANEL;
      left.add(FloatVector.fromArray(SPECIES, gradient, target)).intoArray(gradient, target);
      right
          .add(FloatVector.fromArray(SPECIES, gradient, target + LANES))
          .intoArray(gradient, target + LANES);
    }
  }

  @Override
  public void scaleRows(int rows, int panels, Operand source, float[] factors, Operand target) {
    for (int panel = 0; panel < panels; panel++) {
      int from = source.offset() + panel * source.panelStride();
      int to = target.offset() + panel * target.panelStride();
      for (int row = 0; row < rows; row++) {
        for (int half = 0; half < PANEL; half += LANES) {
          int at = row * PANEL + half;
          FloatVector.fromArray(SPECIES, source.data(), from + at)
              .mul(factors[row])
              .intoArray(target.data(), to + at);
        }
      }
    }
  }

  @Override
  public boolean areFinite(int length, float[] values, int offset) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector watch = zero; // 0 · x is NaN where x is not finite
    for (int i = offset; i < offset + length; i += LANES) {
      watch = FloatVector.fromArray(SPECIES, values, i).lanewise(VectorOperators.FMA, zero, watch);
    }
    float[] lanes = new float[LANES];
    return Float.isFinite(sum(watch, lanes));
  }

  @Override
  public void roundToBfloat16(int length, float[] source, int from, float[] target, int to) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector values = FloatVector.fromArray(SPECIES, source, from + i);
      IntVector bits = values.reinterpretAsInts();
      IntVector even = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      FloatVector rounded = bits.add(even).add(0x7FFF).and(0xFFFF_0000).reinterpretAsFloats();
      // x − x is 0 where x is finite and NaN elsewhere
      rounded
          .blend(values, values.sub(values).compare(VectorOperators.NE, 0f))
          .intoArray(target, to + i);
    }
  }

  @Override
  public boolean adamW(
      int offset,
      int length,
      OptimizerStep step,
      float[] w,
      float[] gradient,
      float[] m,
      float[] v) {
    AdamW settings = step.optimizer().adamW();
    float rate = (float) step.learningRate();
    float keepFirst = (float) settings.beta1();
    float keepSecond = (float) settings.beta2();
    float correctFirst = (float) (1 / (1 - StrictMath.pow(settings.beta1(), step.number())));
    float correctSecond = (float) (1 / (1 - StrictMath.pow(settings.beta2(), step.number())));
    float epsilon = (float) settings.epsilon();
    float decay = (float) settings.weightDecay();
    FloatVector watch =
        FloatVector.zero(SPECIES); // 0 · g² is NaN where g or its square is not finite
    for (int i = offset; i < offset + length; i += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, i);
      FloatVector first =
          FloatVector.fromArray(SPECIES, m, i)
              .mul(keepFirst)
              .add(g.mul((float) (1 - settings.beta1())));
      FloatVector second =
          FloatVector.fromArray(SPECIES, v, i)
              .mul(keepSecond)
              .add(g.mul(g).mul((float) (1 - settings.beta2())));
      watch = second.lanewise(VectorOperators.FMA, FloatVector.zero(SPECIES), watch);
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector weight = FloatVector.fromArray(SPECIES, w, i);
      FloatVector change =
          first
              .mul(correctFirst)
              .div(second.mul(correctSecond).sqrt().add(epsilon))
              .add(weight.mul(decay));
      weight.sub(change.mul(rate)).intoArray(w, i);
    }
    float[] lanes = new float[LANES];
    return Float.isFinite(sum(watch, lanes));
  }

  /// The sum of all lanes in a fixed order; see [Lanes].
  private static float sum(FloatVector vector, float[] scratch) {
    vector.intoArray(scratch, 0);
    return Lanes.sum(scratch, 0, LANES);
  }
}
