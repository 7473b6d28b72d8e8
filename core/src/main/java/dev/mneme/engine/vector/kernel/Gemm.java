package dev.mneme.engine.vector.kernel;

/// Matrix products on *panel matrices*. A panel is a block of `panelWidth` = 2 vectors neighbouring
/// columns; within a panel rows follow each other, so entry (r, c) lies at `offset + (c /
/// panelWidth) · panelStride + r · panelWidth + c % panelWidth`. Every load of a kernel is then
/// contiguous, whatever the shape, and the columns beyond the last one are zeros that need no
/// special case.
public interface Gemm {
  /// A panel matrix, or a part of one that starts at some row and panel.
  ///
  /// @param data holds it
  /// @param offset index of the first entry
  /// @param panelStride distance between one panel and the next: rows of the whole matrix ·
  ///   panelWidth
  @SuppressWarnings("ArrayRecordComponent") // a view on a buffer, never compared
  record Operand(float[] data, int offset, int panelStride) {}

  /// What a product is added to.
  enum Start {
    ZERO,
    BIAS,
    ACCUMULATE
  }

  /// `C = start + A · B` for the first `rows` rows of A and `panels` panels of B.
  ///
  /// @param rows rounded up to a multiple of 4: A must be readable and C writable there
  /// @param panels column panels of B and C
  /// @param k columns of A, rows of B
  /// @param bias added to every row with [Start#BIAS], `panels · panelWidth` entries from
  ///   `biasOffset` on
  void multiply(
      int rows,
      int panels,
      int k,
      Operand a,
      Operand b,
      Operand c,
      Start start,
      float[] bias,
      int biasOffset);

  /// `C (+)= Aᵀ · B` over the first `k` rows of A and B.
  ///
  /// @param columns of A, the rows of C; rounded up to a multiple of 4
  /// @param panels column panels of B and C
  void multiplyTransposed(
      int columns, int panels, int k, Operand a, Operand b, Operand c, boolean accumulate);

  /// Writes the transpose of a `rows × columns` matrix.
  void transpose(int rows, int columns, Operand source, Operand target);
}
