package dev.mneme.app.html;

import dev.mneme.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads what reports of runs have in common. What is missing or of another kind throws a
/// `JacksonException` or an [IllegalArgumentException].
final class Fields {
  private Fields() {}

  /// An interval with `mean`, `low`, `high` and `observations`.
  static Interval interval(JsonNode node) {
    return new Interval(
        node.required("mean").asDouble(),
        node.required("low").asDouble(),
        node.required("high").asDouble(),
        node.required("observations").asInt());
  }

  /// A rate with its bounds at some x.
  static Chart.Point rate(double x, JsonNode node) {
    return new Chart.Point(
        x,
        node.required("value").asDouble(),
        java.util.Optional.of(
            new Chart.Bounds(node.required("low").asDouble(), node.required("high").asDouble())));
  }

  /// A model in a few characters.
  static String name(JsonNode model) {
    return model.required("layers").asInt() + "×" + model.required("width").asInt();
  }

  /// The elements of an array.
  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }
}
