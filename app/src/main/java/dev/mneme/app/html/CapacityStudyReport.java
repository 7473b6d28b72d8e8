package dev.mneme.app.html;

import dev.mneme.app.html.Report.Figure;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.TrialResult;
import dev.mneme.measure.Interval;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// The report of a capacity study, see [dev.mneme.experiment.ResultJson].
final class CapacityStudyReport {
  private final JsonNode study;
  private final String name;
  private final List<JsonNode> models;
  private final Map<String, TrialResult.Finished> trials = new HashMap<>();

  private CapacityStudyReport(JsonNode study, String name, List<TrialResult> results) {
    this.study = study;
    this.name = name;
    this.models = Fields.list(study.required("models"));
    for (TrialResult result : results) {
      if (result instanceof TrialResult.Finished finished) {
        trials.put(finished.id(), finished);
      }
    }
  }

  /// @param results trials of the study; ceilings and learning curves are of those
  static Report of(JsonNode study, String name, List<TrialResult> results) {
    return new CapacityStudyReport(study, name, results).report();
  }

  private Report report() {
    List<String> notices = new ArrayList<>();
    if (study.required("interrupted").asBoolean()) {
      notices.add("This study was interrupted; the figures are those of what had finished.");
    }
    List<ModelCurve> curves =
        IntStream.range(0, models.size()).mapToObj(i -> curve(models.get(i), i)).toList();
    boolean found = curves.stream().anyMatch(curve -> !curve.sizes().isEmpty());
    if (!found) {
      notices.add("No trial finished, so there is no result to show.");
    }
    List<Section> sections = new ArrayList<>();
    if (found) {
      sections.add(memorized(curves));
      if (curves.stream().filter(one -> one.peak().isPresent()).count() > 1) {
        sections.add(
            new Section(
                "parameters",
                "Bits per parameter",
                "Capacity grows with the number of parameters: a line through the origin is a level"
                    + " here.",
                List.of(
                    CapacityCharts.perParameter(
                        "per-parameter",
                        List.of(new CapacityCharts.Group("this study", curves)),
                        slope()))));
      }
    }
    learning(curves).ifPresent(sections::add);
    controls().ifPresent(sections::add);
    return new Report(
        found ? "How many bits do these models memorize?" : "No result on random tokens",
        name + " · capacity study · " + Numbers.plural(models.size(), "model"),
        found ? StoreReport.LABEL : "",
        figures(curves),
        notices,
        sections);
  }

  private Optional<Interval> slope() {
    JsonNode line = study.required("lineThroughOrigin");
    return line.isNull()
        ? Optional.empty()
        : Optional.of(Fields.interval(line.required("slopeBitsPerParameter")));
  }

  private List<Figure> figures(List<ModelCurve> curves) {
    List<Figure> figures = new ArrayList<>();
    slope()
        .ifPresent(slope ->
            figures.add(
                new Figure(
                    "Bits per parameter over all models",
                    Numbers.decimals(slope.mean(), 2),
                    "bits",
                    Optional.of(slope),
                    Figures.range(slope),
                    "slope of the fitted line; the paper: 3.64")));
    for (int i = 0; i < Math.min(3, models.size()); i++) {
      JsonNode model = models.get(i);
      String note =
          model.required("claimed").asBoolean()
              ? "capacity reached, all controls passed"
              : model.required("notClaimedBecause").asString();
      String shape = curves.get(i).name();
      curves
          .get(i)
          .bitsPerParameter()
          .ifPresent(net ->
              figures.add(
                  new Figure(
                      shape + ", bits per parameter",
                      Numbers.decimals(net.mean(), 2),
                      "bits",
                      Optional.of(net),
                      Figures.range(net),
                      note)));
    }
    return figures;
  }

  private Optional<Section> learning(List<ModelCurve> curves) {
    List<LearningCurves.Model> lines = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      ModelCurve curve = curves.get(i);
      JsonNode model = models.get(i);
      curve
          .peak()
          .flatMap(peak -> trialsAt(model, peak.sequences()).stream().findFirst())
          .ifPresent(trial ->
              lines.add(
                  new LearningCurves.Model(
                      curve.name(), curve.color(), curve.parameters(), trial.curve())));
    }
    return LearningCurves.section(lines);
  }

  /// The trials of one size that are at hand, in the order of the report.
  private List<TrialResult.Finished> trialsAt(JsonNode model, int sequences) {
    return Fields.list(model.required("points")).stream()
        .filter(point -> point.required("sequences").asInt() == sequences)
        .flatMap(point -> Fields.list(point.path("trials")).stream())
        .flatMap(id -> Optional.ofNullable(trials.get(id.asString(""))).stream())
        .toList();
  }

  private OptionalDouble ceiling(JsonNode model, int sequences) {
    return trialsAt(model, sequences).stream()
        .mapToDouble(trial -> trial.ceiling().value())
        .average();
  }

  private ModelCurve curve(JsonNode report, int color) {
    JsonNode model = report.required("model");
    List<ModelCurve.Size> sizes =
        Fields.list(report.required("points")).stream()
            .map(point ->
                new ModelCurve.Size(
                    point.required("sequences").asInt(),
                    Fields.interval(point.required("netBits")),
                    ceiling(report, point.required("sequences").asInt())))
            .toList();
    JsonNode peak = report.required("peak");
    return new ModelCurve(
        Fields.name(model),
        report.required("parameters").required("total").asLong(),
        Bits.toChoose(model.required("vocabularySize").asInt()).value()
            * model.required("contextLength").asInt(),
        sizes,
        peak.isNull()
            ? Optional.empty()
            : Optional.of(
                new ModelCurve.Size(
                    peak.required("sequences").asInt(),
                    Fields.interval(peak.required("netBits")),
                    ceiling(report, peak.required("sequences").asInt()))),
        color,
        report.required("plateau").required("enclosed").asBoolean());
  }

  private Section memorized(List<ModelCurve> curves) {
    Map<Double, List<ModelCurve>> alike = new TreeMap<>();
    curves.stream()
        .filter(curve -> !curve.sizes().isEmpty())
        .forEach(curve ->
            alike.computeIfAbsent(curve.bitsPerSequence(), k -> new ArrayList<>()).add(curve));
    List<Report.Block> blocks = new ArrayList<>();
    alike
        .values()
        .forEach(group ->
            blocks.add(
                CapacityCharts.memorized(
                    "memorized-" + (blocks.size() + 1), "One line per model", group)));
    return new Section(
        "memorized",
        "Memorized bits against data set size",
        "Random tokens can only be memorized. Small sets are kept almost whole, along the ceiling;"
            + " where a line bends and stays level, the model is full.",
        blocks);
  }

  private Optional<Section> controls() {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode model : models) {
      JsonNode controls = model.required("controls");
      if (!controls.isNull()) {
        for (JsonNode control : controls.required("controls")) {
          rows.add(
              List.of(
                  control.required("name").asString(),
                  Fields.name(model.required("model")),
                  control.required("passed").asBoolean() ? "passed" : "failed",
                  control.required("figures").asString()));
        }
      }
    }
    long failed = rows.stream().filter(row -> row.get(2).equals("failed")).count();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "controls",
                "Controls",
                "Checks without which no figure should be believed. "
                    + (failed == 0
                        ? "All " + rows.size() + " passed."
                        : failed + " of " + rows.size() + " failed."),
                List.of(new Grid("", List.of("control", "model", "result", "figures"), rows))));
  }
}
