package dev.mneme.app.html;

import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One model of a study on text.
///
/// @param name such as `2×64`
/// @param descent its double descent
/// @param cells one for each size and seed
record TextCurves(String name, JsonNode descent, List<JsonNode> cells) {
  TextCurves {
    cells = List.copyOf(cells);
  }

  static TextCurves of(JsonNode model) {
    return new TextCurves(
        Fields.name(model.required("model")),
        model.required("doubleDescent"),
        Fields.list(model.required("cells")));
  }

  /// The cells of one size, at least one, one per seed.
  record Size(int sequences, List<JsonNode> cells) {
    /// A figure of the cells, mean and interval over seeds.
    Interval over(ToDoubleFunction<JsonNode> figure) {
      return SeedStatistics.interval(cells.stream().mapToDouble(figure).toArray());
    }

    /// What the model saves beyond the oracle on the whole training set, in bits.
    double net() {
      return over(cell -> cell.at("/againstOracle/training/netBits").asDouble()).mean();
    }

    Chart.Point point(ToDoubleFunction<JsonNode> figure) {
      return Chart.Point.of(sequences, over(figure));
    }
  }

  /// By ascending number of sequences.
  List<Size> sizes() {
    return cells.stream()
        .collect(
            Collectors.groupingBy(
                cell -> cell.required("sequences").asInt(), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(size -> new Size(size.getKey(), size.getValue()))
        .toList();
  }

  /// A figure over sizes.
  List<Chart.Point> points(ToDoubleFunction<JsonNode> figure) {
    return sizes().stream().map(size -> size.point(figure)).toList();
  }
}
