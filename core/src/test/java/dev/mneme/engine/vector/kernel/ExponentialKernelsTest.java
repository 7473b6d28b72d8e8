package dev.mneme.engine.vector.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.engine.vector.kernel.Gemm.Operand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Against double precision, and at the far ends of the number line: what [ExponentialKernels]
/// hands on must not be denormal, because products with such numbers are slow.
final class ExponentialKernelsTest {
  private static final int COLUMNS = 32;

  /// The exponential is 0 from here on.
  private static final double SMALLEST = 0x1p-64;

  @ParameterizedTest
  @EnumSource
  void exponentialsOfLogitsAreExactOrZero(VectorWidth width) {
    float[] logits = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      logits[i] = 5 - 3.5f * i; // down to -103.5, 108.5 below the largest
    }
    float[] data = logits.clone();
    float sumOfRow = exponentiate(width, data, 5);
    double sum = 0;
    for (int i = 0; i < COLUMNS; i++) {
      double exact = exactOrZero((double) logits[i] - 5);
      assertThat((double) data[i]).isCloseTo(exact, within(2e-7 * exact));
      sum += exact;
    }
    assertThat((double) sumOfRow).isCloseTo(sum, within(3e-7 * sum));
  }

  @ParameterizedTest
  @EnumSource
  void attentionWeightsAndTheirGradientsAreNeverDenormal(VectorWidth width) {
    int stride = COLUMNS * width.panelWidth();
    int panels = COLUMNS / width.panelWidth();
    Operand weights = new Operand(new float[panels * stride], 0, stride);
    Operand d = new Operand(new float[panels * stride], 0, stride);
    for (int i = 0; i < panels * stride; i++) {
      weights.data()[i] = -1.7f * (i * 37 % 101); // differences up to 170
      d.data()[i] = 1e-12f * (i * 53 % 17 - 8.5f);
    }
    width.exponentials().causalSoftmax(COLUMNS, 0.9f, weights);
    width.exponentials().causalSoftmaxBackward(COLUMNS, 0.9f, weights, d);
    for (int row = 0; row < COLUMNS; row++) {
      double sum = 0;
      for (int column = 0; column <= row; column++) {
        int at =
            column / width.panelWidth() * stride
                + row * width.panelWidth()
                + column % width.panelWidth();
        sum += weights.data()[at];
        assertNotDenormal(weights.data()[at]);
        assertNotDenormal(d.data()[at]);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource
  void geluAndItsGradientAreExactAndNeverDenormal(VectorWidth width) {
    int length = 1024;
    float[] x = new float[length];
    float[] slopes = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (i - 512) / 16f; // -32 to 32
      slopes[i] = 1;
    }
    float[] out = new float[length];
    width.exponentials().gelu(length, x, out);
    width.exponentials().geluBackward(length, x, slopes);
    double slope = 2 * Math.sqrt(2 / Math.PI);
    for (int i = 0; i < length; i++) {
      double inner = slope * (x[i] + 0.044715 * x[i] * x[i] * x[i]);
      double gate = 1 / (1 + StrictMath.exp(-inner));
      double bend = x[i] * gate * (1 - gate) * slope * (1 + 3 * 0.044715 * x[i] * x[i]);
      assertThat((double) out[i]).isCloseTo(x[i] * gate, within(1e-6 * Math.max(1, x[i])));
      assertThat((double) slopes[i]).isCloseTo(gate + bend, within(2e-6));
      assertNotDenormal(out[i]);
      assertNotDenormal(slopes[i]);
      if (gate < 0.999 * SMALLEST) {
        assertThat(out[i]).isZero();
        assertThat(slopes[i]).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotANumberStaysSo(VectorWidth width) {
    float[] data = new float[COLUMNS];
    data[3] = Float.NaN;
    float sum = exponentiate(width, data, 0);
    assertThat(data[3]).isNaN();
    assertThat(sum).isNaN();

    float[] x = new float[16];
    x[5] = Float.NaN;
    float[] out = new float[16];
    width.exponentials().gelu(16, x, out);
    assertThat(out[5]).isNaN();
    assertThat(out[4]).isZero();
  }

  /// One row in place; returns its sum.
  private static float exponentiate(VectorWidth width, float[] row, float maximum) {
    float[] sums = new float[1];
    width
        .exponentials()
        .exponentiate(
            1,
            COLUMNS / width.panelWidth(),
            COLUMNS,
            new Operand(row, 0, width.panelWidth()),
            new float[] {maximum},
            sums,
            new float[width.lanes()]);
    return sums[0];
  }

  private static double exactOrZero(double x) {
    double exact = StrictMath.exp(x);
    return exact < SMALLEST ? 0 : exact;
  }

  private static void assertNotDenormal(float value) {
    assertThat(value == 0 || Math.abs(value) >= Float.MIN_NORMAL)
        .as("%s is zero or a normal number", value)
        .isTrue();
  }
}
