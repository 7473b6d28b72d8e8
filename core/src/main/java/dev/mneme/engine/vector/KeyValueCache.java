package dev.mneme.engine.vector;

import dev.mneme.engine.vector.kernel.ExponentialKernels;
import dev.mneme.engine.vector.kernel.Gemm;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.Gemm.Start;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;

/// Keys and values that one layer has computed for the positions so far of some sequences, and
/// attention of one more position to them. Gives the bits of [Attention]: products and sums go over
/// positions in the same order.
///
/// Of each sequence and head the keys are kept transposed, `[headWidth][length]`, as the product
/// with a query wants them, and the values as they are, `[length][headWidth]`.
final class KeyValueCache {
  /// A product takes so many rows at least; where one is asked for, the others are of no account.
  static final int PRODUCT_ROWS = 4;

  private static final float[] NO_BIAS = new float[0];

  private final Gemm gemm;
  private final ExponentialKernels softmax;
  private final OperandRounding rounding;
  private final HeadLayout layout;
  private final float scale;
  private final int keyStride;
  private final int valueStride;
  private final int keySize;
  private final int valueSize;
  private final float[] keys;
  private final float[] values;
  private final Operand weights;

  /// @param sequences how many sequences there is room for
  /// @param length positions of each
  KeyValueCache(
      VectorWidth width, GptConfig config, OperandRounding rounding, int sequences, int length) {
    this.gemm = width.gemm();
    this.softmax = width.exponentials();
    this.rounding = rounding;
    this.layout = HeadLayout.of(width, config);
    this.scale = (float) (1 / Math.sqrt(config.headWidth()));
    int panelWidth = width.panelWidth();
    int positionPanels = PanelLayout.roundUp(length, panelWidth) / panelWidth;
    this.keyStride = layout.headWidth() * panelWidth;
    this.valueStride = length * panelWidth;
    this.keySize = Math.multiplyExact(positionPanels, keyStride);
    this.valueSize = Math.multiplyExact(layout.headPanels(), valueStride);
    int heads = Math.multiplyExact(sequences, layout.heads());
    this.keys = new float[Math.multiplyExact(heads, keySize)];
    this.values = new float[Math.multiplyExact(heads, valueSize)];
    this.weights =
        new Operand(
            new float[positionPanels * PRODUCT_ROWS * panelWidth], 0, PRODUCT_ROWS * panelWidth);
  }

  /// Bytes that one sequence takes in one layer, padding left out.
  static long bytesPerSequence(GptConfig config, int length) {
    return 2L * length * config.width() * Float.BYTES;
  }

  private Operand keys(int sequence, int head) {
    return new Operand(keys, (sequence * layout.heads() + head) * keySize, keyStride);
  }

  private Operand values(int sequence, int head) {
    return new Operand(values, (sequence * layout.heads() + head) * valueSize, valueStride);
  }

  /// Keeps key and value of one position.
  ///
  /// @param row where they stand in `qkv`
  void store(int sequence, int position, Operand qkv, int row) {
    int panelWidth = layout.panelWidth();
    for (int head = 0; head < layout.heads(); head++) {
      Operand key = layout.key(qkv, head, row);
      int to =
          keys(sequence, head).offset() + position / panelWidth * keyStride + position % panelWidth;
      for (int c = 0; c < layout.headWidth(); c++) {
        keys[to + c * panelWidth] =
            key.data()[key.offset() + c / panelWidth * key.panelStride() + c % panelWidth];
      }
      Operand value = layout.value(qkv, head, row);
      Operand target = layout.part(values(sequence, head), 0, position);
      for (int panel = 0; panel < layout.headPanels(); panel++) {
        System.arraycopy(
            value.data(),
            value.offset() + panel * value.panelStride(),
            values,
            target.offset() + panel * valueStride,
            panelWidth);
      }
    }
  }

  /// Attention of a position to itself and all before it, whose keys and values must have been
  /// stored.
  ///
  /// @param row where its query stands in `qkv` and its mixed values go in `out`; the three rows
  ///   after it must exist, and in `out` they are overwritten
  void attend(int sequence, int position, Operand qkv, int row, Operand out) {
    int past = position + 1;
    int panels = (past + layout.panelWidth() - 1) / layout.panelWidth();
    for (int head = 0; head < layout.heads(); head++) {
      gemm.multiply(
          1,
          panels,
          layout.headWidth(),
          layout.query(qkv, head, row),
          keys(sequence, head),
          weights,
          Start.ZERO,
          NO_BIAS,
          0);
      softmax.softmaxOfRow(past, scale, weights);
      rounding.inPlace(weights);
      gemm.multiply(
          1,
          layout.headPanels(),
          past,
          weights,
          values(sequence, head),
          layout.mixed(out, head, row),
          Start.ZERO,
          NO_BIAS,
          0);
    }
  }
}
