package dev.mneme.engine.vector.kernel;

import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.vector.kernel.Gemm.Operand;

/// Everything besides matrix products that touches whole rows or whole buffers. Matrices are panel
/// matrices, see [Gemm]. Lengths of flat buffers are multiples of the panel width.
public interface RowKernels {
  /// LayerNorm without and with scale and shift: `normalized = (x − mean) / √(variance + ε)`, `out
  /// = normalized · scale + shift`.
  ///
  /// @param width columns that count; entries of `x` beyond are zero
  /// @param columnMask 1 for columns that count, 0 beyond
  /// @param inverseDeviation receives `1 / √(variance + ε)` of each row
  void normalize(
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
      float[] inverseDeviation);

  /// Backward of [#normalize]: adds to the gradients of scale and shift, and adds the gradient of x
  /// to `dx`.
  void normalizeBackward(
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
      Operand dx);

  /// `target += source`.
  void add(int length, float[] source, float[] target);

  /// Adds the sum of each column to `gradient`, from `offset` on.
  void addColumnSums(int rows, int panels, Operand d, float[] gradient, int offset);

  /// `target row = factor of the row · source row`.
  void scaleRows(int rows, int panels, Operand source, float[] factors, Operand target);

  /// Whether so many entries from `offset` on are all finite.
  ///
  /// @param length a multiple of the panel width
  boolean areFinite(int length, float[] values, int offset);

  /// Rounds entries to bfloat16, to the nearest, ties to even; what is not finite stays.
  ///
  /// @param length a multiple of the panel width
  void roundToBfloat16(int length, float[] source, int from, float[] target, int to);

  /// One step of AdamW over a part of flat buffers.
  ///
  /// @param offset of the first entry
  /// @param length a multiple of the panel width
  /// @return whether every gradient entry was finite
  boolean adamW(
      int offset,
      int length,
      OptimizerStep step,
      float[] w,
      float[] gradient,
      float[] m,
      float[] v);
}
