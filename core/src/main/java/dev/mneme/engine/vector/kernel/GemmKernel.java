package dev.mneme.engine.vector.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// [Gemm] for one vector width; see [Specialization] for how the width gets in.
///
/// Register tiles are 4 or 8 rows by two vectors. Eight rows need 19 live vectors and are used
/// where the processor has 32 vector registers for this width (512 bits); with 16 they would spill.
final class GemmKernel implements Gemm {
  private static final VectorSpecies<Float> SPECIES =
      Specialization.floatSpecies(MethodHandles.lookup());
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;
  private static final boolean EIGHT_ROWS = SPECIES.vectorBitSize() == 512;

  /// Rows of B that one pass over A goes through: 128 rows of one panel stay in the first-level
  /// cache.
  private static final int K_BLOCK = 128;

  private static final float[] ZEROS = new float[PANEL];

  @Override
  public void multiply(
      int rows,
      int panels,
      int k,
      Operand a,
      Operand b,
      Operand c,
      Start start,
      float[] bias,
      int biasOffset) {
    for (int block = 0; block < k; block += K_BLOCK) {
      int length = Math.min(K_BLOCK, k - block);
      boolean onTop = block > 0 || start == Start.ACCUMULATE;
      int aBlock = a.offset() + block / PANEL * a.panelStride();
      for (int panel = 0; panel < panels; panel++) {
        int bPanel = b.offset() + panel * b.panelStride() + block * PANEL;
        int cPanel = c.offset() + panel * c.panelStride();
        float[] init = onTop ? c.data() : start == Start.BIAS ? bias : ZEROS;
        int initStart = onTop ? cPanel : start == Start.BIAS ? biasOffset + panel * PANEL : 0;
        int initRow = onTop ? PANEL : 0;
        int row = 0;
        if (EIGHT_ROWS) {
          for (; row + 8 <= rows; row += 8) {
            rows8(
                a.data(),
                aBlock + row * PANEL,
                a.panelStride(),
                b.data(),
                bPanel,
                length,
                init,
                initStart + row * initRow,
                initRow,
                c.data(),
                cPanel + row * PANEL);
          }
        }
        for (; row < rows; row += 4) {
          rows4(
              a.data(),
              aBlock + row * PANEL,
              a.panelStride(),
              b.data(),
              bPanel,
              length,
              init,
              initStart + row * initRow,
              initRow,
              c.data(),
              cPanel + row * PANEL);
        }
      }
    }
  }

  @Override
  public void multiplyTransposed(
      int columns, int panels, int k, Operand a, Operand b, Operand c, boolean accumulate) {
    for (int column = 0; column < columns; column += PANEL) {
      int aPanel = a.offset() + column / PANEL * a.panelStride();
      int width = Math.min(PANEL, columns - column);
      for (int panel = 0; panel < panels; panel++) {
        int bPanel = b.offset() + panel * b.panelStride();
        int cStart = c.offset() + panel * c.panelStride() + column * PANEL;
        float[] init = accumulate ? c.data() : ZEROS;
        int initStart = accumulate ? cStart : 0;
        int initRow = accumulate ? PANEL : 0;
        int row = 0;
        if (EIGHT_ROWS) {
          for (; row + 8 <= width; row += 8) {
            columns8(
                a.data(),
                aPanel + row,
                b.data(),
                bPanel,
                k,
                init,
                initStart + row * initRow,
                initRow,
                c.data(),
                cStart + row * PANEL);
          }
        }
        for (; row < width; row += 4) {
          columns4(
              a.data(),
              aPanel + row,
              b.data(),
              bPanel,
              k,
              init,
              initStart + row * initRow,
              initRow,
              c.data(),
              cStart + row * PANEL);
        }
      }
    }
  }

  @Override
  public void transpose(int rows, int columns, Operand source, Operand target) {
    for (int column = 0; column < columns; column += PANEL) {
      int width = Math.min(PANEL, columns - column);
      int from = source.offset() + column / PANEL * source.panelStride();
      for (int row = 0; row < rows; row++) {
        int to =
            target.offset() + row / PANEL * target.panelStride() + column * PANEL + row % PANEL;
        for (int i = 0; i < width; i++) {
          target.data()[to + i * PANEL] = source.data()[from + row * PANEL + i];
        }
      }
    }
  }

  /// `8` rows of `A · B`: A in panels, K runs along the rows of its panels.
  private static void rows8(
      float[] a,
      int aStart,
      int aPanel,
      float[] b,
      int bStart,
      int k,
      float[] init,
      int initStart,
      int initRow,
      float[] c,
      int cStart) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initStart);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initStart + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initStart + initRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initStart + initRow + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, initStart + 4 * initRow);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, initStart + 4 * initRow + LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, initStart + 5 * initRow);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, initStart + 5 * initRow + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, init, initStart + 6 * initRow);
    FloatVector c61 = FloatVector.fromArray(SPECIES, init, initStart + 6 * initRow + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, init, initStart + 7 * initRow);
    FloatVector c71 = FloatVector.fromArray(SPECIES, init, initStart + 7 * initRow + LANES);
    for (int done = 0; done < k; done += PANEL) {
      int length = Math.min(PANEL, k - done);
      for (int step = 0; step < length; step++) {
        int aIndex = aStart + step;
        int bIndex = bStart + step * PANEL;
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bIndex);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bIndex + LANES);
        FloatVector a0 = FloatVector.broadcast(SPECIES, a[aIndex]);
        c00 = b0.fma(a0, c00);
        c01 = b1.fma(a0, c01);
        FloatVector a1 = FloatVector.broadcast(SPECIES, a[aIndex + PANEL]);
        c10 = b0.fma(a1, c10);
        c11 = b1.fma(a1, c11);
        FloatVector a2 = FloatVector.broadcast(SPECIES, a[aIndex + 2 * PANEL]);
        c20 = b0.fma(a2, c20);
        c21 = b1.fma(a2, c21);
        FloatVector a3 = FloatVector.broadcast(SPECIES, a[aIndex + 3 * PANEL]);
        c30 = b0.fma(a3, c30);
        c31 = b1.fma(a3, c31);
        FloatVector a4 = FloatVector.broadcast(SPECIES, a[aIndex + 4 * PANEL]);
        c40 = b0.fma(a4, c40);
        c41 = b1.fma(a4, c41);
        FloatVector a5 = FloatVector.broadcast(SPECIES, a[aIndex + 5 * PANEL]);
        c50 = b0.fma(a5, c50);
        c51 = b1.fma(a5, c51);
        FloatVector a6 = FloatVector.broadcast(SPECIES, a[aIndex + 6 * PANEL]);
        c60 = b0.fma(a6, c60);
        c61 = b1.fma(a6, c61);
        FloatVector a7 = FloatVector.broadcast(SPECIES, a[aIndex + 7 * PANEL]);
        c70 = b0.fma(a7, c70);
        c71 = b1.fma(a7, c71);
      }
      aStart += aPanel;
      bStart += PANEL * PANEL;
    }
    c00.intoArray(c, cStart);
    c01.intoArray(c, cStart + LANES);
    c10.intoArray(c, cStart + PANEL);
    c11.intoArray(c, cStart + PANEL + LANES);
    c20.intoArray(c, cStart + 2 * PANEL);
    c21.intoArray(c, cStart + 2 * PANEL + LANES);
    c30.intoArray(c, cStart + 3 * PANEL);
    c31.intoArray(c, cStart + 3 * PANEL + LANES);
    c40.intoArray(c, cStart + 4 * PANEL);
    c41.intoArray(c, cStart + 4 * PANEL + LANES);
    c50.intoArray(c, cStart + 5 * PANEL);
    c51.intoArray(c, cStart + 5 * PANEL + LANES);
    c60.intoArray(c, cStart + 6 * PANEL);
    c61.intoArray(c, cStart + 6 * PANEL + LANES);
    c70.intoArray(c, cStart + 7 * PANEL);
    c71.intoArray(c, cStart + 7 * PANEL + LANES);
  }

  /// `4` rows of `A · B`: A in panels, K runs along the rows of its panels.
  private static void rows4(
      float[] a,
      int aStart,
      int aPanel,
      float[] b,
      int bStart,
      int k,
      float[] init,
      int initStart,
      int initRow,
      float[] c,
      int cStart) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initStart);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initStart + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initStart + initRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initStart + initRow + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow + LANES);
    for (int done = 0; done < k; done += PANEL) {
      int length = Math.min(PANEL, k - done);
      for (int step = 0; step < length; step++) {
        int aIndex = aStart + step;
        int bIndex = bStart + step * PANEL;
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, bIndex);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, bIndex + LANES);
        FloatVector a0 = FloatVector.broadcast(SPECIES, a[aIndex]);
        c00 = b0.fma(a0, c00);
        c01 = b1.fma(a0, c01);
        FloatVector a1 = FloatVector.broadcast(SPECIES, a[aIndex + PANEL]);
        c10 = b0.fma(a1, c10);
        c11 = b1.fma(a1, c11);
        FloatVector a2 = FloatVector.broadcast(SPECIES, a[aIndex + 2 * PANEL]);
        c20 = b0.fma(a2, c20);
        c21 = b1.fma(a2, c21);
        FloatVector a3 = FloatVector.broadcast(SPECIES, a[aIndex + 3 * PANEL]);
        c30 = b0.fma(a3, c30);
        c31 = b1.fma(a3, c31);
      }
      aStart += aPanel;
      bStart += PANEL * PANEL;
    }
    c00.intoArray(c, cStart);
    c01.intoArray(c, cStart + LANES);
    c10.intoArray(c, cStart + PANEL);
    c11.intoArray(c, cStart + PANEL + LANES);
    c20.intoArray(c, cStart + 2 * PANEL);
    c21.intoArray(c, cStart + 2 * PANEL + LANES);
    c30.intoArray(c, cStart + 3 * PANEL);
    c31.intoArray(c, cStart + 3 * PANEL + LANES);
  }

  /// `8` rows of `Aᵀ · B`: rows are neighbouring columns of one panel of A, K runs down the panel.
  private static void columns8(
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      int k,
      float[] init,
      int initStart,
      int initRow,
      float[] c,
      int cStart) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initStart);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initStart + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initStart + initRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initStart + initRow + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow + LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, init, initStart + 4 * initRow);
    FloatVector c41 = FloatVector.fromArray(SPECIES, init, initStart + 4 * initRow + LANES);
    FloatVector c50 = FloatVector.fromArray(SPECIES, init, initStart + 5 * initRow);
    FloatVector c51 = FloatVector.fromArray(SPECIES, init, initStart + 5 * initRow + LANES);
    FloatVector c60 = FloatVector.fromArray(SPECIES, init, initStart + 6 * initRow);
    FloatVector c61 = FloatVector.fromArray(SPECIES, init, initStart + 6 * initRow + LANES);
    FloatVector c70 = FloatVector.fromArray(SPECIES, init, initStart + 7 * initRow);
    FloatVector c71 = FloatVector.fromArray(SPECIES, init, initStart + 7 * initRow + LANES);
    for (int step = 0; step < k; step++) {
      int aIndex = aStart + step * PANEL;
      int bIndex = bStart + step * PANEL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bIndex);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bIndex + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aIndex]);
      c00 = b0.fma(a0, c00);
      c01 = b1.fma(a0, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aIndex + 1]);
      c10 = b0.fma(a1, c10);
      c11 = b1.fma(a1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aIndex + 2]);
      c20 = b0.fma(a2, c20);
      c21 = b1.fma(a2, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aIndex + 3]);
      c30 = b0.fma(a3, c30);
      c31 = b1.fma(a3, c31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aIndex + 4]);
      c40 = b0.fma(a4, c40);
      c41 = b1.fma(a4, c41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aIndex + 5]);
      c50 = b0.fma(a5, c50);
      c51 = b1.fma(a5, c51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[aIndex + 6]);
      c60 = b0.fma(a6, c60);
      c61 = b1.fma(a6, c61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[aIndex + 7]);
      c70 = b0.fma(a7, c70);
      c71 = b1.fma(a7, c71);
    }
    c00.intoArray(c, cStart);
    c01.intoArray(c, cStart + LANES);
    c10.intoArray(c, cStart + PANEL);
    c11.intoArray(c, cStart + PANEL + LANES);
    c20.intoArray(c, cStart + 2 * PANEL);
    c21.intoArray(c, cStart + 2 * PANEL + LANES);
    c30.intoArray(c, cStart + 3 * PANEL);
    c31.intoArray(c, cStart + 3 * PANEL + LANES);
    c40.intoArray(c, cStart + 4 * PANEL);
    c41.intoArray(c, cStart + 4 * PANEL + LANES);
    c50.intoArray(c, cStart + 5 * PANEL);
    c51.intoArray(c, cStart + 5 * PANEL + LANES);
    c60.intoArray(c, cStart + 6 * PANEL);
    c61.intoArray(c, cStart + 6 * PANEL + LANES);
    c70.intoArray(c, cStart + 7 * PANEL);
    c71.intoArray(c, cStart + 7 * PANEL + LANES);
  }

  /// `4` rows of `Aᵀ · B`: rows are neighbouring columns of one panel of A, K runs down the panel.
  private static void columns4(
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      int k,
      float[] init,
      int initStart,
      int initRow,
      float[] c,
      int cStart) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, init, initStart);
    FloatVector c01 = FloatVector.fromArray(SPECIES, init, initStart + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, init, initStart + initRow);
    FloatVector c11 = FloatVector.fromArray(SPECIES, init, initStart + initRow + LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow);
    FloatVector c21 = FloatVector.fromArray(SPECIES, init, initStart + 2 * initRow + LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow);
    FloatVector c31 = FloatVector.fromArray(SPECIES, init, initStart + 3 * initRow + LANES);
    for (int step = 0; step < k; step++) {
      int aIndex = aStart + step * PANEL;
      int bIndex = bStart + step * PANEL;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bIndex);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bIndex + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aIndex]);
      c00 = b0.fma(a0, c00);
      c01 = b1.fma(a0, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aIndex + 1]);
      c10 = b0.fma(a1, c10);
      c11 = b1.fma(a1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aIndex + 2]);
      c20 = b0.fma(a2, c20);
      c21 = b1.fma(a2, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aIndex + 3]);
      c30 = b0.fma(a3, c30);
      c31 = b1.fma(a3, c31);
    }
    c00.intoArray(c, cStart);
    c01.intoArray(c, cStart + LANES);
    c10.intoArray(c, cStart + PANEL);
    c11.intoArray(c, cStart + PANEL + LANES);
    c20.intoArray(c, cStart + 2 * PANEL);
    c21.intoArray(c, cStart + 2 * PANEL + LANES);
    c30.intoArray(c, cStart + 3 * PANEL);
    c31.intoArray(c, cStart + 3 * PANEL + LANES);
  }
}
