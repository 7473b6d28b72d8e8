package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Compression rates of training sequences beside those of sequences never seen.
final class CompressionCharts {
  private CompressionCharts() {}

  static Chart of(TextCurves model, TextCurves.Size size, String id) {
    JsonNode rates = size.cells().getFirst().required("compressionRates");
    return new Chart(
        id,
        TextChoices.title("Compression rates", model, size),
        "First seed, every sequence, in "
            + rates.required("bins").asInt()
            + " equal classes."
            + TextChoices.leftOut(model),
        Axis.linear("compression rate, bits over bits of the uniform code"),
        Axis.linear("share of the sequences"),
        List.of(
            histogram("training set", 0, rates, rates.required("training")),
            histogram("never seen", 1, rates, rates.required("heldOut"))),
        List.of());
  }

  private static Series histogram(String name, int color, JsonNode rates, JsonNode side) {
    double low = rates.required("low").asDouble();
    double width = (rates.required("high").asDouble() - low) / rates.required("bins").asInt();
    List<Point> points = new ArrayList<>();
    List<JsonNode> counts = Fields.list(side.required("counts"));
    double all = Math.max(1, counts.stream().mapToDouble(JsonNode::asDouble).sum());
    for (int i = 0; i < counts.size(); i++) {
      points.add(new Point(low + (i + 0.5) * width, counts.get(i).asDouble() / all));
    }
    return new Series(name, Role.HISTOGRAM, color, "", points);
  }
}
