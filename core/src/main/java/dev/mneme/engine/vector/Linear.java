package dev.mneme.engine.vector;

import dev.mneme.engine.vector.PanelLayout.Segment;
import dev.mneme.engine.vector.kernel.Gemm;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.Gemm.Start;
import dev.mneme.engine.vector.kernel.RowKernels;
import dev.mneme.engine.vector.kernel.VectorWidth;

/// `y = x·W + b` and its backward. Keeps the transpose of W, renewed once per optimizer step.
final class Linear {
  private final Gemm gemm;
  private final RowKernels rowKernels;
  private final int in;
  private final int out;
  private final int inPanels;
  private final int outPanels;
  private final Operand weight;
  private final Operand weightGradient;
  private final Operand transposed;
  private final float[] parameters;
  private final float[] gradient;
  private final int bias;

  /// @param in columns of x, padding between heads included
  /// @param out columns of y, padding between heads included
  Linear(VectorWidth width, PanelLayout layout, String name, float[] parameters, float[] gradient) {
    this.gemm = width.gemm();
    this.rowKernels = width.rows();
    Segment segment = layout.segment(name + ".weight");
    this.in = segment.rowMap()[segment.rowMap().length - 1] + 1;
    this.out = segment.columnMap()[segment.columnMap().length - 1] + 1;
    this.inPanels = layout.panels(in);
    this.outPanels = segment.panels();
    this.weight = segment.in(parameters);
    this.weightGradient = segment.in(gradient);
    this.parameters = parameters;
    this.gradient = gradient;
    this.bias = layout.segment(name + ".bias").offset();
    int transposedRows = outPanels * width.panelWidth();
    this.transposed =
        new Operand(
            new float[inPanels * transposedRows * width.panelWidth()],
            0,
            transposedRows * width.panelWidth());
  }

  /// Renews the transpose after the weights have changed.
  void weightsChanged() {
    gemm.transpose(in, out, weight, transposed);
  }

  /// Shapes: x `[rows][in]`, y `[rows][out]`.
  void forward(int rows, Operand x, Operand y) {
    gemm.multiply(rows, outPanels, in, x, weight, y, Start.BIAS, parameters, bias);
  }

  /// Adds to the gradients of W and b, and writes the gradient of x.
  void backward(int rows, Operand x, Operand dy, Operand dx) {
    gemm.multiplyTransposed(in, outPanels, rows, x, dy, weightGradient, true);
    rowKernels.addColumnSums(rows, outPanels, dy, gradient, bias);
    gemm.multiply(rows, inPanels, out, dy, transposed, dx, Start.ZERO, parameters, 0);
  }
}
