package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.output.Numbers;
import dev.mneme.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Whether sequences of rare words are remembered most: unintended memorization against rarity.
final class RarityCharts {
  private RarityCharts() {}

  /// Empty where the run kept no sample.
  static Optional<Chart> of(TextCurves model, TextCurves.Size size, String id) {
    JsonNode cell = size.cells().getFirst();
    JsonNode sample = cell.path("raritySample");
    List<Point> points = new ArrayList<>();
    for (JsonNode point : sample.path("points")) {
      points.add(new Point(point.get(0).asDouble(), point.get(1).asDouble()));
    }
    if (points.isEmpty()) {
      return Optional.empty();
    }
    List<Point> listed = new ArrayList<>();
    for (JsonNode one : cell.at("/mostMemorized/samples")) {
      listed.add(
          new Point(
              one.required("rarityBits").asDouble(), one.required("unintendedBits").asDouble()));
    }
    long population = sample.required("population").asLong();
    return Optional.of(
        new Chart(
            id,
            TextChoices.title("Memorization and rarity", model, size),
            "First seed. "
                + correlation(cell.at("/mostMemorized/rarityCorrelation"), population)
                + (points.size() < population
                    ? " Drawn: "
                        + Numbers.count(points.size())
                        + " of them at random, beside the most memorized of those probed."
                    : "")
                + TextChoices.leftOut(model),
            Axis.linear("mean rarity of its tokens, bits (TF-IDF)"),
            Axis.linear("unintended memorization, bits"),
            List.of(
                new Series("sequences", Role.POINTS, 0, "", points),
                new Series("most memorized", Role.POINTS, 1, "", listed)),
            List.of()));
  }

  private static String correlation(JsonNode node, long population) {
    if (node.isNull()) {
      return "Spearman's ρ is not defined: all sequences have the same memorization, or rarity.";
    }
    Interval rho = Fields.interval(node);
    return "Spearman's ρ "
        + Numbers.decimals(rho.mean(), 2)
        + " (95%: "
        + Numbers.decimals(rho.low(), 2)
        + " to "
        + Numbers.decimals(rho.high(), 2)
        + ") over all "
        + Numbers.count(population)
        + " sequences.";
  }
}
