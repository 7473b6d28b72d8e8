package dev.mneme.engine.vector;

import dev.mneme.engine.vector.kernel.ExponentialKernels;
import dev.mneme.engine.vector.kernel.Gemm;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.Gemm.Start;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;

/// Causal attention of one head over one sequence, forward and backward. Works on blocks of 8 rows
/// and goes no further right than each block may look.
///
/// Query, key and value of head h start at panels `h`, `heads + h` and `2·heads + h` (in units of
/// the panels of one head) of the matrix `qkv`.
final class Attention {
  private static final int BLOCK = 8;
  private static final float[] NO_BIAS = new float[0];

  private final Gemm gemm;
  private final ExponentialKernels softmax;
  private final int panelWidth;
  private final int heads;
  private final int headWidth;
  private final int headPanels;
  private final int length;
  private final float scale;
  private final Operand transposed;
  private final Operand scratch;

  /// @param length positions of a sequence, rounded up to a multiple of 4
  Attention(VectorWidth width, GptConfig config, int length) {
    this.gemm = width.gemm();
    this.softmax = width.exponentials();
    this.panelWidth = width.panelWidth();
    this.heads = config.heads();
    this.headWidth = config.headWidth();
    this.headPanels = PanelLayout.roundUp(headWidth, panelWidth) / panelWidth;
    this.length = length;
    this.scale = (float) (1 / Math.sqrt(headWidth));
    int headRows = headPanels * panelWidth;
    this.transposed =
        new Operand(new float[weightPanels() * headRows * panelWidth], 0, headRows * panelWidth);
    this.scratch = new Operand(new float[weightsSize()], 0, length * panelWidth);
  }

  private int weightPanels() {
    return PanelLayout.roundUp(length, panelWidth) / panelWidth;
  }

  /// Entries of the attention weights of one head and sequence.
  int weightsSize() {
    return Math.multiplyExact(weightPanels() * panelWidth, length);
  }

  /// The attention weights of one head and sequence, kept for backward.
  Operand weights(float[] data, int index) {
    return new Operand(data, index * weightsSize(), length * panelWidth);
  }

  private Operand part(Operand matrix, int panel, int row) {
    return new Operand(
        matrix.data(),
        matrix.offset() + panel * matrix.panelStride() + row * panelWidth,
        matrix.panelStride());
  }

  private Operand query(Operand qkv, int head, int row) {
    return part(qkv, head * headPanels, row);
  }

  private Operand key(Operand qkv, int head, int row) {
    return part(qkv, (heads + head) * headPanels, row);
  }

  private Operand value(Operand qkv, int head, int row) {
    return part(qkv, (2 * heads + head) * headPanels, row);
  }

  /// @param first first row of the sequence
  /// @param weights receives the attention weights
  /// @param out receives the mixed values, in the columns of the head
  void forward(int head, int first, Operand qkv, Operand weights, Operand out) {
    scores(query(qkv, head, first), key(qkv, head, first), weights);
    softmax.causalSoftmax(length, scale, weights);
    mix(weights, value(qkv, head, first), part(out, head * headPanels, first));
  }

  /// @param dOut gradient of `out`
  /// @param dQkv receives the gradient of `qkv`
  void backward(int head, int first, Operand qkv, Operand weights, Operand dOut, Operand dQkv) {
    Operand dMixed = part(dOut, head * headPanels, first);
    mixTransposed(weights, dMixed, value(dQkv, head, first));
    scores(dMixed, value(qkv, head, first), scratch);
    softmax.causalSoftmaxBackward(length, scale, weights, scratch);
    mix(scratch, key(qkv, head, first), query(dQkv, head, first));
    mixTransposed(scratch, query(qkv, head, first), key(dQkv, head, first));
  }

  /// `out[i][j] = Σ_c left[i][c] · right[j][c]` for j up to the end of the panel that i's block
  /// reaches.
  private void scores(Operand left, Operand right, Operand out) {
    gemm.transpose(length, headWidth, right, transposed);
    for (int row = 0; row < length; row += BLOCK) {
      int end = Math.min(length, row + BLOCK);
      int panels = (end + panelWidth - 1) / panelWidth;
      gemm.multiply(
          end - row,
          panels,
          headWidth,
          part(left, 0, row),
          transposed,
          part(out, 0, row),
          Start.ZERO,
          NO_BIAS,
          0);
    }
  }

  /// `out[i] = Σ_{j in or before i's block} weights[i][j] · values[j]`.
  private void mix(Operand weights, Operand values, Operand out) {
    for (int row = 0; row < length; row += BLOCK) {
      int end = Math.min(length, row + BLOCK);
      gemm.multiply(
          end - row,
          headPanels,
          end,
          part(weights, 0, row),
          values,
          part(out, 0, row),
          Start.ZERO,
          NO_BIAS,
          0);
    }
  }

  /// `out[j] = Σ_i weights[i][j] · rows[i]`, leaving out rows above the panel of j, which do not
  /// see it.
  private void mixTransposed(Operand weights, Operand rows, Operand out) {
    for (int column = 0; column < length; column += panelWidth) {
      int columns = Math.min(panelWidth, length - column);
      gemm.multiplyTransposed(
          columns,
          headPanels,
          length - column,
          part(weights, column / panelWidth, column),
          part(rows, 0, column),
          part(out, 0, column),
          false);
    }
  }
}
