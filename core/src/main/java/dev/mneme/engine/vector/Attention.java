package dev.mneme.engine.vector;

import dev.mneme.engine.vector.kernel.ExponentialKernels;
import dev.mneme.engine.vector.kernel.Gemm;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.Gemm.Start;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;

/// Causal attention of one head over one sequence, forward and backward. Works on blocks of 8 rows
/// and goes no further right than each block may look.
final class Attention {
  private static final int BLOCK = 8;
  private static final float[] NO_BIAS = new float[0];

  private final Gemm gemm;
  private final ExponentialKernels softmax;
  private final OperandRounding rounding;
  private final HeadLayout layout;
  private final int panelWidth;
  private final int length;
  private final float scale;
  private final Operand transposed;
  private final Operand scratch;

  /// @param length positions of a sequence, rounded up to a multiple of 4
  Attention(VectorWidth width, GptConfig config, OperandRounding rounding, int length) {
    this.gemm = width.gemm();
    this.softmax = width.exponentials();
    this.rounding = rounding;
    this.panelWidth = width.panelWidth();
    this.layout = HeadLayout.of(width, config);
    this.length = length;
    this.scale = (float) (1 / Math.sqrt(config.headWidth()));
    int headRows = layout.headPanels() * panelWidth;
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

  /// @param first first row of the sequence
  /// @param weights receives the attention weights
  /// @param out receives the mixed values, in the columns of the head
  void forward(int head, int first, Operand qkv, Operand weights, Operand out) {
    scores(layout.query(qkv, head, first), layout.key(qkv, head, first), weights);
    softmax.causalSoftmax(length, scale, weights);
    rounding.inPlace(weights.data(), weights.offset(), weightsSize());
    mix(weights, layout.value(qkv, head, first), layout.mixed(out, head, first));
  }

  /// @param dOut gradient of `out`
  /// @param dQkv receives the gradient of `qkv`
  void backward(int head, int first, Operand qkv, Operand weights, Operand dOut, Operand dQkv) {
    Operand dMixed = layout.mixed(dOut, head, first);
    mixTransposed(weights, dMixed, layout.value(dQkv, head, first));
    scores(dMixed, layout.value(qkv, head, first), scratch);
    softmax.causalSoftmaxBackward(length, scale, weights, scratch);
    rounding.inPlace(scratch);
    mix(scratch, layout.key(qkv, head, first), layout.query(dQkv, head, first));
    mixTransposed(scratch, layout.query(qkv, head, first), layout.key(dQkv, head, first));
  }

  /// `out[i][j] = Σ_c left[i][c] · right[j][c]` for j up to the end of the panel that i's block
  /// reaches.
  private void scores(Operand left, Operand right, Operand out) {
    gemm.transpose(length, layout.headWidth(), right, transposed);
    for (int row = 0; row < length; row += BLOCK) {
      int end = Math.min(length, row + BLOCK);
      int panels = (end + panelWidth - 1) / panelWidth;
      gemm.multiply(
          end - row,
          panels,
          layout.headWidth(),
          layout.part(left, 0, row),
          transposed,
          layout.part(out, 0, row),
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
          layout.headPanels(),
          end,
          layout.part(weights, 0, row),
          values,
          layout.part(out, 0, row),
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
          layout.headPanels(),
          length - column,
          layout.part(weights, column / panelWidth, column),
          layout.part(rows, 0, column),
          layout.part(out, 0, column),
          false);
    }
  }
}
