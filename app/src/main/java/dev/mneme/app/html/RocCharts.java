package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Mark;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.output.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// True against false positives of every attack on logarithmic axes, where attacks are judged by
/// what they find at few false positives (Carlini et al., Membership inference attacks from first
/// principles, arXiv 2112.03570).
final class RocCharts {
  private record LowRate(String name, double rate, String field) {}

  private static final List<LowRate> LOW_RATES =
      List.of(
          new LowRate("0.1%", 0.001, "truePositivesAtOnePerMille"),
          new LowRate("1%", 0.01, "truePositivesAtOnePercent"));

  private RocCharts() {}

  /// Empty where the first seed was not attacked, or its run kept no curve.
  static Optional<Chart> of(TextCurves model, TextCurves.Size size, String id) {
    JsonNode attacks = size.cells().getFirst().required("attacks");
    if (attacks.isNull()) {
      return Optional.empty();
    }
    List<JsonNode> results = new ArrayList<>(Fields.list(attacks.required("results")));
    results.add(attacks.required("blind"));
    List<Series> series = new ArrayList<>();
    long members = 0;
    long others = 0;
    for (JsonNode result : results) {
      members = result.required("members").asLong();
      others = result.required("nonMembers").asLong();
      String name = result.required("attack").asString();
      List<Point> curve = curve(result, members, others);
      if (!curve.isEmpty()) {
        int color = Attacks.color(name);
        series.add(new Series(name, Role.STEPS, color, "", curve));
        List<Point> low = low(result, others);
        if (!low.isEmpty()) {
          series.add(new Series(name, Role.POINTS, color, "", low));
        }
      }
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    double least = 1.0 / others;
    series.add(
        new Series(
            "chance", Role.REFERENCE, -1, "", List.of(new Point(least, least), new Point(1, 1))));
    return Optional.of(
        new Chart(
            id,
            TextChoices.title("ROC of membership attacks", model, size),
            "First seed, %s members and %s others, so the smallest rate that can be seen is 1 in %s. Dots with 95%% intervals (Clopper and Pearson): true positives at false-positive rates of at most 1%% and 0.1%%, as far as the number of others resolves them. At most 100 points of each curve are shown, on a logarithmic scale.%s"
                .formatted(
                    Numbers.count(members),
                    Numbers.count(others),
                    Numbers.count(others),
                    TextChoices.leftOut(model)),
            Axis.logShare("false-positive rate"),
            Axis.logShare("true-positive rate"),
            series,
            LOW_RATES.stream()
                .filter(low -> low.rate() >= least)
                .map(low -> new Mark(low.name(), low.rate()))
                .toList()));
  }

  /// How near the attack on losses is to halfway between guessing and certainty, where curves tell
  /// most; the higher the nearer.
  static double interest(TextCurves.Size size) {
    return Fields.list(size.cells().getFirst().at("/attacks/results")).stream()
        .filter(result -> result.required("attack").asString().equals("loss"))
        .mapToDouble(result -> -Math.abs(result.at("/auc/mean").asDouble() - 0.75))
        .findFirst()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static List<Point> curve(JsonNode result, long members, long others) {
    List<Point> points = new ArrayList<>();
    for (JsonNode point : result.path("roc")) {
      points.add(new Point(point.get(0).asDouble() / others, point.get(1).asDouble() / members));
    }
    return points;
  }

  private static List<Point> low(JsonNode result, long others) {
    return LOW_RATES.stream()
        .filter(low -> low.rate() * others >= 1)
        .map(low -> Fields.rate(low.rate(), result.required(low.field())))
        .toList();
  }
}
