package dev.mneme.engine.vector;

import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;
import java.util.ArrayList;
import java.util.List;

/// Buffers for a few sequences that go through the whole network and back together, few enough to
/// stay in the processor's caches. Each sequence takes a multiple of 4 rows.
final class Activations {
  /// Rows that go through the network together, about.
  private static final int TARGET_ROWS = 64;

  /// What backward needs of one block's forward. Shapes in rows × columns; R is [#capacity] rows.
  ///
  /// @param attentionUnit normalized, R × width
  /// @param attentionDeviation inverse deviations, R
  /// @param attentionIn R × width
  /// @param qkv R × 3 · padded heads
  /// @param weights attention weights of all sequences and heads
  /// @param mixed R × padded heads
  /// @param feedForwardUnit normalized, R × width
  /// @param feedForwardDeviation inverse deviations, R
  /// @param feedForwardIn R × width
  /// @param hidden before GELU, R × 4 · width
  /// @param activated after GELU, R × 4 · width
  @SuppressWarnings("ArrayRecordComponent") // buffers, never compared
  record Saved(
      Operand attentionUnit,
      float[] attentionDeviation,
      Operand attentionIn,
      Operand qkv,
      float[] weights,
      Operand mixed,
      Operand feedForwardUnit,
      float[] feedForwardDeviation,
      Operand feedForwardIn,
      Operand hidden,
      Operand activated) {
    /// Buffers of zeros.
    ///
    /// @param attentionRows rows of `qkv` and `mixed`, at least `rows`
    static Saved of(
        PanelLayout layout,
        GptConfig config,
        HeadLayout heads,
        int rows,
        int attentionRows,
        float[] weights) {
      return new Saved(
          layout.matrix(rows, config.width()),
          new float[rows],
          layout.matrix(rows, config.width()),
          layout.matrix(attentionRows, 3 * heads.columns()),
          weights,
          layout.matrix(attentionRows, heads.columns()),
          layout.matrix(rows, config.width()),
          new float[rows],
          layout.matrix(rows, config.width()),
          layout.matrix(rows, config.feedForwardWidth()),
          layout.matrix(rows, config.feedForwardWidth()));
    }
  }

  private final int sequenceLength;
  private final int rowsPerSequence;
  private final int capacity;
  private final Attention attention;
  private final List<Saved> blocks = new ArrayList<>();
  private final Operand residual;
  private final Operand dResidual;
  private final Operand rounded;
  private final Operand branch;
  private final Operand dHidden;
  private final Operand dMixed;
  private final Operand dQkv;
  private final Operand finalUnit;
  private final float[] finalDeviation;
  private final Operand finalOut;
  private final int[] targets;
  private final double[] rowBits;

  Activations(
      VectorWidth width,
      PanelLayout layout,
      GptConfig config,
      OperandRounding rounding,
      int sequenceLength) {
    this.sequenceLength = sequenceLength;
    this.rowsPerSequence = PanelLayout.roundUp(sequenceLength, 4);
    this.capacity = Math.max(1, TARGET_ROWS / rowsPerSequence);
    this.attention = new Attention(width, config, rounding, rowsPerSequence);
    int d = config.width();
    int rows = rows(capacity);
    HeadLayout heads = HeadLayout.of(width, config);
    for (int layer = 0; layer < config.layers(); layer++) {
      float[] weights =
          new float[Math.multiplyExact(capacity * config.heads(), attention.weightsSize())];
      blocks.add(Saved.of(layout, config, heads, rows, rows, weights));
    }
    this.residual = layout.matrix(rows, d);
    this.dResidual = layout.matrix(rows, d);
    this.rounded = layout.matrix(rows, d);
    this.branch = layout.matrix(rows, d);
    this.dHidden = layout.matrix(rows, config.feedForwardWidth());
    this.dMixed = layout.matrix(rows, heads.columns());
    this.dQkv = layout.matrix(rows, 3 * heads.columns());
    this.finalUnit = layout.matrix(rows, d);
    this.finalDeviation = new float[rows];
    this.finalOut = layout.matrix(rows, d);
    this.targets = new int[rows];
    this.rowBits = new double[rows];
  }

  int sequenceLength() {
    return sequenceLength;
  }

  /// The most sequences that fit.
  int capacity() {
    return capacity;
  }

  /// Rows that so many sequences take; also the first row of the sequence of that index.
  int rows(int sequences) {
    return sequences * rowsPerSequence;
  }

  Attention attention() {
    return attention;
  }

  Saved saved(int layer) {
    return blocks.get(layer);
  }

  Operand residual() {
    return residual;
  }

  Operand dResidual() {
    return dResidual;
  }

  /// Scratch for the operand of a product, as large as `dResidual`.
  Operand rounded() {
    return rounded;
  }

  /// What a branch adds to the residual stream; in backward, the gradient of a LayerNorm's output.
  Operand branch() {
    return branch;
  }

  Operand dHidden() {
    return dHidden;
  }

  Operand dMixed() {
    return dMixed;
  }

  Operand dQkv() {
    return dQkv;
  }

  Operand finalUnit() {
    return finalUnit;
  }

  float[] finalDeviation() {
    return finalDeviation;
  }

  Operand finalOut() {
    return finalOut;
  }

  /// Class of each row; −1 for rows that only fill up a sequence.
  int[] targets() {
    return targets;
  }

  /// Code length of each row, in bits.
  double[] rowBits() {
    return rowBits;
  }
}
