package dev.mneme.app.report;

import dev.mneme.model.GptConfig;
import java.util.List;
import java.util.OptionalDouble;

/// Figures of Morris et al., arXiv 2505.24832, for random tokens with V 2048 and S 64 after 10^6
/// steps at batch 2048: what a measurement of the same shape is shown beside.
public final class PaperFigures {
  /// Mean over the paper's whole table, fp32.
  public static final double MEAN_FP32 = 3.83;

  private record Row(int layers, int width, double bitsPerParameter) {}

  private static final List<Row> FP32 =
      List.of(
          new Row(1, 32, 4.23),
          new Row(1, 128, 3.65),
          new Row(2, 128, 3.99),
          new Row(4, 256, 3.68),
          new Row(8, 256, 3.96));

  private PaperFigures() {}

  /// The paper's bits per parameter in fp32 for a shape, where this program knows one.
  public static OptionalDouble bitsPerParameter(GptConfig model) {
    if (model.vocabularySize() != 2048 || model.contextLength() != 64 || !model.tiedHead()) {
      return OptionalDouble.empty();
    }
    return FP32.stream()
        .filter(row -> row.layers() == model.layers() && row.width() == model.width())
        .mapToDouble(Row::bitsPerParameter)
        .findFirst();
  }
}
