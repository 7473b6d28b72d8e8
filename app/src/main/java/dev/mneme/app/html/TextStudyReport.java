package dev.mneme.app.html;

import dev.mneme.app.html.Report.Figure;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.measure.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The report of a study on text, format `mneme-text/1`.
final class TextStudyReport {
  private static final String LABEL =
      "Unintended memorization is what a model saves beyond its reference model, so every such"
          + " figure is a lower bound: what the reference remembers, too, is not counted.";

  private final JsonNode study;
  private final String name;
  private final List<TextCurves> models;

  private TextStudyReport(JsonNode study, String name) {
    this.study = study;
    this.name = name;
    this.models =
        Fields.list(study.required("models")).stream()
            .map(TextCurves::of)
            .filter(model -> !model.cells().isEmpty())
            .toList();
  }

  static Report of(JsonNode study, String name) {
    return new TextStudyReport(study, name).report();
  }

  private Report report() {
    List<JsonNode> unfinished = Fields.list(study.required("unfinished"));
    JsonNode data = study.required("plan").required("data");
    List<Section> sections = new ArrayList<>();
    if (!models.isEmpty()) {
      sections.addAll(new TextSections(models).all());
    }
    unfinished(unfinished).ifPresent(sections::add);
    return new Report(
        models.isEmpty() ? "No result on text" : "What do these models remember of their text?",
        name
            + " · corpus "
            + data.required("corpus").asString()
            + " · tokenizer "
            + data.required("tokenizer").asString()
            + " · "
            + Numbers.plural(models.size(), "model"),
        models.isEmpty() ? "" : LABEL,
        figures(),
        models.isEmpty() ? List.of("No trial finished, so there is no result to show.") : List.of(),
        sections);
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (TextCurves model : models) {
      for (TextCurves.Size size : model.sizes()) {
        Interval net = size.over(cell -> cell.at("/againstOracle/training/netBits").asDouble());
        figures.add(
            Figures.bits(
                "Unintended memorization",
                net,
                "most of all sizes: "
                    + model.name()
                    + " on "
                    + Numbers.count(size.sequences())
                    + " sequences, beyond the oracle"));
      }
    }
    figures.sort(
        Comparator.comparingDouble(
            figure -> -figure.interval().map(Interval::mean).orElse(Double.NEGATIVE_INFINITY)));
    List<Figure> shown = new ArrayList<>(figures.subList(0, Math.min(1, figures.size())));
    if (!models.isEmpty()) {
      TextCurves largest = models.getLast();
      shown.add(descent(largest));
      extraction(largest).ifPresent(shown::add);
      membership(largest).ifPresent(shown::add);
    }
    return shown;
  }

  private static Figure descent(TextCurves model) {
    JsonNode descent = model.descent();
    double predicted = descent.required("predictedSequences").asDouble();
    JsonNode peak = descent.required("peak");
    String expected = Numbers.count(Math.round(predicted)) + " predicted from its capacity";
    return peak.isNull()
        ? new Figure(
            "Double descent",
            "none",
            "",
            Optional.empty(),
            "",
            model.name() + " has no peak of test loss; " + expected)
        : new Figure(
            "Double descent at",
            Numbers.count(peak.required("sequences").asLong()),
            "sequences",
            Optional.empty(),
            "between "
                + Numbers.count(peak.at("/bracket/smaller").asLong())
                + " and "
                + Numbers.count(peak.at("/bracket/larger").asLong()),
            "peak of test loss of " + model.name() + "; " + expected);
  }

  private static Optional<Figure> extraction(TextCurves model) {
    TextCurves.Size size = model.sizes().getLast();
    List<JsonNode> rates = Fields.list(size.cells().getFirst().required("extraction"));
    if (rates.isEmpty()) {
      return Optional.empty();
    }
    JsonNode last = rates.getLast();
    JsonNode training = last.required("training");
    long hits = training.required("hits").asLong();
    long cases = training.required("cases").asLong();
    String high = Numbers.percent(training.required("high").asDouble());
    return Optional.of(
        new Figure(
            "Extracted, full set",
            hits == 0 ? "none" : Numbers.decimals(100.0 * hits / cases, 1),
            hits == 0 ? "of " + Numbers.count(cases) : "%",
            Optional.of(
                new Interval(
                    training.required("value").asDouble(),
                    training.required("low").asDouble(),
                    training.required("high").asDouble(),
                    (int) Math.clamp(cases, 1, Integer.MAX_VALUE))),
            hits == 0
                ? "95%: at most " + high
                : "95%: " + Numbers.percent(training.required("low").asDouble()) + " to " + high,
            model.name()
                + ", prefix of "
                + last.required("prefix").asInt()
                + " tokens; never seen: "
                + (last.at("/heldOut/hits").asLong() == 0
                    ? "none"
                    : Numbers.percent(last.at("/heldOut/value").asDouble()))));
  }

  private static Optional<Figure> membership(TextCurves model) {
    TextCurves.Size size = model.sizes().getLast();
    JsonNode attacks = size.cells().getFirst().required("attacks");
    if (attacks.isNull()) {
      return Optional.empty();
    }
    return Fields.list(attacks.required("results")).stream()
        .max(Comparator.comparingDouble(one -> one.at("/balancedF1/mean").asDouble()))
        .map(best -> {
          Interval f1 = Fields.interval(best.required("balancedF1"));
          return new Figure(
              "Membership F1, full set",
              Numbers.decimals(f1.mean(), 2),
              "",
              Optional.of(f1),
              Figures.range(f1),
              "attack "
                  + best.required("attack").asString()
                  + ", the best of all; the published law: "
                  + Numbers.decimals(attacks.required("publishedLawF1").asDouble(), 2)
                  + "; guessing: 0.50");
        });
  }

  private static Optional<Section> unfinished(List<JsonNode> trials) {
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    TreeMap<String, Long> reasons = new TreeMap<>();
    long diverged = 0;
    for (JsonNode trial : trials) {
      String status = trial.required("status").asString();
      diverged += status.equals("diverged") ? 1 : 0;
      reasons.merge(status + ": " + trial.path("reason").asString(""), 1L, Long::sum);
    }
    return Optional.of(Unfinished.section(diverged, trials.size() - diverged, reasons));
  }
}
