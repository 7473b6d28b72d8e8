package dev.mneme.engine.vector;

import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;

/// Where attention heads lie in panel matrices: query, key and value of head h start at panels `h`,
/// `heads + h` and `2·heads + h` (in units of the panels of one head) of a matrix `qkv`.
///
/// @param heads how many there are
/// @param headWidth columns of a head that count
/// @param headPanels panels of a head
/// @param panelWidth columns of a panel
record HeadLayout(int heads, int headWidth, int headPanels, int panelWidth) {
  static HeadLayout of(VectorWidth width, GptConfig config) {
    int panelWidth = width.panelWidth();
    return new HeadLayout(
        config.heads(),
        config.headWidth(),
        PanelLayout.roundUp(config.headWidth(), panelWidth) / panelWidth,
        panelWidth);
  }

  /// Columns of all heads side by side, padding included.
  int columns() {
    return heads * headPanels * panelWidth;
  }

  /// The part of a matrix that starts at some panel and row.
  Operand part(Operand matrix, int panel, int row) {
    return new Operand(
        matrix.data(),
        matrix.offset() + panel * matrix.panelStride() + row * panelWidth,
        matrix.panelStride());
  }

  Operand query(Operand qkv, int head, int row) {
    return part(qkv, head * headPanels, row);
  }

  Operand key(Operand qkv, int head, int row) {
    return part(qkv, (heads + head) * headPanels, row);
  }

  Operand value(Operand qkv, int head, int row) {
    return part(qkv, (2 * heads + head) * headPanels, row);
  }

  /// The columns of a head in a matrix that holds all heads once.
  Operand mixed(Operand matrix, int head, int row) {
    return part(matrix, head * headPanels, row);
  }
}
