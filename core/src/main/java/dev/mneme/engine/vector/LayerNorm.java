package dev.mneme.engine.vector;

import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.RowKernels;
import dev.mneme.engine.vector.kernel.VectorWidth;
import java.util.Arrays;

/// LayerNorm and its backward; remembers what backward needs of the last forward.
final class LayerNorm {
  private final RowKernels rowKernels;
  private final int width;
  private final int panels;
  private final float[] columnMask;
  private final float[] parameters;
  private final float[] gradient;
  private final int scale;
  private final int shift;

  LayerNorm(
      VectorWidth vectorWidth,
      PanelLayout layout,
      String name,
      int width,
      float[] parameters,
      float[] gradient) {
    this.rowKernels = vectorWidth.rows();
    this.width = width;
    this.panels = layout.panels(width);
    this.columnMask = new float[panels * vectorWidth.panelWidth()];
    Arrays.fill(columnMask, 0, width, 1);
    this.parameters = parameters;
    this.gradient = gradient;
    this.scale = layout.segment(name + ".weight").offset();
    this.shift = layout.segment(name + ".bias").offset();
  }

  void forward(int rows, Operand x, Operand normalized, float[] inverseDeviation, Operand out) {
    rowKernels.normalize(
        rows,
        panels,
        width,
        columnMask,
        x,
        parameters,
        scale,
        shift,
        normalized,
        out,
        inverseDeviation);
  }

  /// Adds to the gradients of scale and shift, and adds the gradient of x to `dx`.
  void backward(int rows, Operand dOut, Operand normalized, float[] inverseDeviation, Operand dx) {
    rowKernels.normalizeBackward(
        rows,
        panels,
        width,
        columnMask,
        dOut,
        normalized,
        inverseDeviation,
        parameters,
        scale,
        gradient,
        scale,
        shift,
        dx);
  }
}
