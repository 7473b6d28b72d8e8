package dev.mneme.engine.vector;

import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TernaryWeights;
import dev.mneme.engine.vector.PanelLayout.Segment;
import dev.mneme.engine.vector.kernel.RowKernels;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.quantization.Bfloat16;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;

/// The weights that compute, made from those that the optimizer keeps. They are the same array
/// where a [Precision] makes no difference between the two.
final class ComputedWeights {
  private final Precision precision;
  private final RowKernels rowKernels;
  private final PanelLayout layout;
  private final float[] kept;
  private final float[] computed;

  /// @param kept weights of the optimizer, in panels
  ComputedWeights(VectorWidth width, PanelLayout layout, Precision precision, float[] kept) {
    this.precision = precision;
    this.rowKernels = width.rows();
    this.layout = layout;
    this.kept = kept;
    this.computed = precision.hasMasters() ? new float[kept.length] : kept;
  }

  /// In panels; up to date after [#renew].
  float[] values() {
    return computed;
  }

  /// Rounds a starting point to what the optimizer may keep.
  void roundStart() {
    if (precision == Precision.BF16_PURE) {
      rowKernels.roundToBfloat16(kept.length, kept, 0, kept, 0);
    }
  }

  /// Rounds the outcome of a step to what the optimizer may keep.
  void roundStep(OptimizerStep step) {
    if (precision != Precision.BF16_PURE) {
      return;
    }
    Seed noise = step.noise();
    for (Segment segment : layout.segments()) {
      int columns = segment.columnMap().length;
      for (int row = 0; row < segment.rowMap().length; row++) {
        for (int column = 0; column < columns; column++) {
          int at = segment.index(row, column);
          int entry = segment.tensor().offset() + row * columns + column;
          kept[at] = Bfloat16.roundAtRandom(kept[at], RandomStream.at(noise, entry));
        }
      }
    }
  }

  /// Brings the weights that compute up to date with those that are kept.
  void renew() {
    switch (precision) {
      case FP64, FP32, BF16_PURE -> {} // the same array
      case BF16 -> rowKernels.roundToBfloat16(kept.length, kept, 0, computed, 0);
      case TERNARY -> {
        System.arraycopy(kept, 0, computed, 0, kept.length);
        layout.segments().stream()
            .filter(segment -> TernaryWeights.applyTo(segment.tensor()))
            .forEach(this::renewTernary);
      }
    }
  }

  /// Goes through the entries in the order of the flat vector, so that the sum does not depend on
  /// the width of vectors.
  private void renewTernary(Segment segment) {
    double magnitudes = 0;
    for (int row = 0; row < segment.rowMap().length; row++) {
      for (int column = 0; column < segment.columnMap().length; column++) {
        magnitudes += Math.abs(kept[segment.index(row, column)]);
      }
    }
    TernaryWeights matrix = TernaryWeights.of(magnitudes, segment.tensor().size());
    for (int row = 0; row < segment.rowMap().length; row++) {
      for (int column = 0; column < segment.columnMap().length; column++) {
        int at = segment.index(row, column);
        computed[at] = matrix.round(kept[at]);
      }
    }
  }
}
