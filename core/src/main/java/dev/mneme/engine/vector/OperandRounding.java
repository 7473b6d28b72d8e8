package dev.mneme.engine.vector;

import dev.mneme.engine.Precision;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.RowKernels;
import dev.mneme.engine.vector.kernel.VectorWidth;

/// Rounds activations and gradients to bfloat16 before they go into a matrix product, where the
/// precision says so. Weights are rounded once per optimizer step, in [ComputedWeights].
final class OperandRounding {
  private final boolean rounds;
  private final RowKernels rowKernels;

  OperandRounding(VectorWidth width, Precision precision) {
    this.rounds = precision.roundsOperands();
    this.rowKernels = width.rows();
  }

  /// Rounds all of a buffer that is used in products only.
  void inPlace(Operand buffer) {
    inPlace(buffer.data(), 0, buffer.data().length);
  }

  /// Rounds a part of such a buffer.
  void inPlace(float[] data, int offset, int length) {
    if (rounds) {
      rowKernels.roundToBfloat16(length, data, offset, data, offset);
    }
  }

  /// What goes into a product for a buffer that is needed unrounded, too.
  ///
  /// @param scratch of the same layout; may be overwritten
  Operand copy(Operand source, Operand scratch) {
    if (!rounds) {
      return source;
    }
    rowKernels.roundToBfloat16(source.data().length, source.data(), 0, scratch.data(), 0);
    return scratch;
  }
}
