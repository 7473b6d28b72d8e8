package dev.mneme.engine.vector;

import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the vector engine keeps each parameter: every tensor as a panel matrix (see
/// [dev.mneme.engine.vector.kernel.Gemm]) in one flat buffer, padded with zeros that stay zero.
/// Each attention head gets whole panels of its own.
final class PanelLayout {
  /// One tensor in panels; vectors are matrices of one row.
  ///
  /// @param rows padded rows, the distance between panels in rows
  /// @param rowMap padded row of each row of the tensor
  /// @param columnMap padded column of each column of the tensor
  @SuppressWarnings("ArrayRecordComponent") // index tables, never compared
  record Segment(
      Tensor tensor,
      int offset,
      int rows,
      int panels,
      int panelWidth,
      int[] rowMap,
      int[] columnMap) {
    int panelStride() {
      return rows * panelWidth;
    }

    int size() {
      return rows * panels * panelWidth;
    }

    Operand in(float[] data) {
      return new Operand(data, offset, panelStride());
    }

    int index(int row, int column) {
      int padded = columnMap[column];
      return offset
          + padded / panelWidth * panelStride()
          + rowMap[row] * panelWidth
          + padded % panelWidth;
    }
  }

  private final ParameterLayout canonical;
  private final int panelWidth;
  private final Map<String, Segment> segments = new LinkedHashMap<>();
  private int size;

  PanelLayout(GptConfig config, VectorWidth vectorWidth) {
    this.canonical = ParameterLayout.of(config);
    this.panelWidth = vectorWidth.panelWidth();
    int[] headColumns = headColumns(config);
    for (Tensor tensor : canonical.tensors()) {
      boolean vector = tensor.columns() == 0;
      int rows = vector ? 1 : tensor.rows();
      int columns = vector ? tensor.rows() : tensor.columns();
      boolean attentionInput = tensor.name().contains("attn.c_attn");
      boolean attentionOutput = tensor.name().endsWith("attn.c_proj.weight");
      int[] rowMap = attentionOutput ? headColumns : identity(rows);
      int[] columnMap =
          attentionInput
              ? threeTimes(headColumns, config.heads() * paddedHead(config))
              : identity(columns);
      int paddedRows = vector ? 1 : roundUp(rowMap[rows - 1] + 1, panelWidth);
      int panels = roundUp(columnMap[columns - 1] + 1, panelWidth) / panelWidth;
      Segment segment =
          new Segment(tensor, size, paddedRows, panels, panelWidth, rowMap, columnMap);
      segments.put(tensor.name(), segment);
      size =
          Math.addExact(
              size, Math.multiplyExact(Math.multiplyExact(paddedRows, panels), panelWidth));
    }
  }

  static int roundUp(int value, int multiple) {
    return Math.addExact(value, multiple - 1) / multiple * multiple;
  }

  private int paddedHead(GptConfig config) {
    return roundUp(config.headWidth(), panelWidth);
  }

  /// Padded column of each column of a matrix whose columns are heads laid side by side.
  private int[] headColumns(GptConfig config) {
    int[] columns = new int[config.width()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i / config.headWidth() * paddedHead(config) + i % config.headWidth();
    }
    return columns;
  }

  /// The same for query, key and value side by side.
  private static int[] threeTimes(int[] columns, int paddedWidth) {
    int[] all = new int[3 * columns.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i / columns.length * paddedWidth + columns[i % columns.length];
    }
    return all;
  }

  private static int[] identity(int length) {
    int[] map = new int[length];
    for (int i = 0; i < length; i++) {
      map[i] = i;
    }
    return map;
  }

  /// Entries of a flat buffer, padding included; a multiple of the panel width.
  int size() {
    return size;
  }

  /// All tensors in the order of their offsets.
  List<Segment> segments() {
    return List.copyOf(segments.values());
  }

  Segment segment(String name) {
    Segment segment = segments.get(name);
    if (segment == null) {
      throw new IllegalArgumentException("no tensor is named " + name);
    }
    return segment;
  }

  /// Columns in panels, for activations of that many columns.
  int panels(int columns) {
    return roundUp(columns, panelWidth) / panelWidth;
  }

  /// A matrix of zeros in panels.
  Operand matrix(int rows, int columns) {
    int stride = Math.multiplyExact(rows, panelWidth);
    return new Operand(new float[Math.multiplyExact(panels(columns), stride)], 0, stride);
  }

  /// Copies a flat vector in canonical order into panels.
  void scatter(double[] source, float[] target) {
    for (Segment segment : segments.values()) {
      int columns = segment.columnMap().length;
      for (int row = 0; row < segment.rowMap().length; row++) {
        int from = segment.tensor().offset() + row * columns;
        for (int column = 0; column < columns; column++) {
          target[segment.index(row, column)] = (float) source[from + column];
        }
      }
    }
  }

  /// The inverse of [#scatter].
  double[] gather(float[] source) {
    double[] target = new double[canonical.size()];
    for (Segment segment : segments.values()) {
      int columns = segment.columnMap().length;
      for (int row = 0; row < segment.rowMap().length; row++) {
        int to = segment.tensor().offset() + row * columns;
        for (int column = 0; column < columns; column++) {
          target[to + column] = source[segment.index(row, column)];
        }
      }
    }
    return target;
  }

  /// Entries of a flat vector in canonical order.
  int canonicalSize() {
    return canonical.size();
  }
}
