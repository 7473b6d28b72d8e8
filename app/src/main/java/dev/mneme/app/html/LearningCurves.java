package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.html.Report.Section;
import dev.mneme.experiment.CurvePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What models memorized of random tokens along the way.
final class LearningCurves {
  private static final int MOST_STEPS = 200;

  private LearningCurves() {}

  /// One model at the data set size of its largest value.
  ///
  /// @param name in the legend
  /// @param color number of its colour
  /// @param parameters all trainable ones
  /// @param curve of one trial
  record Model(String name, int color, long parameters, List<CurvePoint> curve) {
    Model {
      curve = List.copyOf(curve);
    }
  }

  /// The section; empty where no model has a curve of two points.
  static Optional<Section> section(List<Model> models) {
    return chart(models)
        .map(chart ->
            new Section(
                "learning",
                "Learning curves",
                "Each model at the data set size of its largest value, first seed. A line that"
                    + " still rises at its end was stopped early.",
                List.of(chart)));
  }

  /// The chart; empty where no model has a curve of two points.
  static Optional<Chart> chart(List<Model> models) {
    List<Series> series = new ArrayList<>();
    boolean thinned = false;
    for (Model model : models) {
      if (model.curve().size() > 1) {
        thinned |= model.curve().size() > MOST_STEPS;
        series.add(
            new Series(
                model.name(),
                Role.LINE,
                model.color(),
                "",
                Thinning.of(model.curve(), MOST_STEPS).stream()
                    .map(point -> new Point(point.step(), point.net().value() / model.parameters()))
                    .toList()));
      }
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart(
                "learning",
                "Memorized along the way",
                thinned
                    ? "At most " + MOST_STEPS + " points of each line are shown, evenly spaced."
                    : "",
                Axis.linear("optimizer steps"),
                Axis.linear("memorized, bits per parameter"),
                series,
                List.of()));
  }
}
