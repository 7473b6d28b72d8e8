package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Mark;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.html.Report.Block;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What a study on text found, part by part.
final class TextSections {
  private static final String SEQUENCES = "sequences in the training set, N";

  private final List<TextCurves> models;

  /// @param models at least one, each with at least one cell
  TextSections(List<TextCurves> models) {
    this.models = models;
  }

  /// The sections that have data.
  List<Section> all() {
    List<Section> sections = new ArrayList<>();
    sections.add(memorization());
    sections.add(loss());
    extraction().ifPresent(sections::add);
    membership().ifPresent(sections::add);
    sections.add(compression());
    learning().ifPresent(sections::add);
    rarity().ifPresent(sections::add);
    MostMemorizedSection.of(models.getLast()).ifPresent(sections::add);
    return sections;
  }

  private Section memorization() {
    return new Section(
        "memorization",
        "Unintended memorization and generalization",
        "Bits that a model saves beyond the oracle are unintended memorization; the rest of what it"
            + " saves over the uniform code is generalization. With more data, memory fills up and"
            + " understanding takes over.",
        List.of(
            overSizes("unintended", "Unintended memorization", "/againstOracle/training/netBits"),
            overSizes("generalization", "Generalization", "/againstOracle/training/intendedBits")));
  }

  private Chart overSizes(String id, String title, String pointer) {
    List<Series> series = new ArrayList<>();
    for (TextCurves model : models) {
      series.add(
          new Series(
              model.name(),
              Role.LINE,
              series.size(),
              "",
              model.points(cell -> cell.at(pointer).asDouble())));
    }
    return new Chart(
        id,
        title,
        id.equals("unintended")
            ? "Below 0 the model saves less than the oracle does on the same sequences."
            : "",
        Axis.log(SEQUENCES),
        Axis.linear("bits over the whole training set"),
        series,
        List.of());
  }

  private Section loss() {
    List<Block> charts = new ArrayList<>();
    for (TextCurves model : models) {
      List<Mark> marks = new ArrayList<>();
      marks.add(new Mark("predicted", model.descent().required("predictedSequences").asDouble()));
      JsonNode peak = model.descent().required("peak");
      if (!peak.isNull()) {
        marks.add(new Mark("observed", peak.required("sequences").asDouble()));
      }
      charts.add(
          new Chart(
              "loss-" + (charts.size() + 1),
              model.name(),
              peak.isNull()
                  ? "No peak of the test loss was observed: "
                      + model.descent().required("shape").asString().replace('-', ' ')
                      + "."
                  : "",
              Axis.log(SEQUENCES),
              Axis.linear("bits per token"),
              List.of(
                  new Series(
                      "train",
                      Role.LINE,
                      0,
                      "",
                      model.points(cell -> cell.required("trainBitsPerToken").asDouble())),
                  new Series(
                      "test",
                      Role.LINE,
                      1,
                      "",
                      model.points(cell -> cell.required("testBitsPerToken").asDouble()))),
              marks));
    }
    return new Section(
        "loss",
        "Train and test loss",
        "Test loss should peak where the data just fill the model's capacity and fall beyond it:"
            + " double descent.",
        charts);
  }

  private Optional<Section> extraction() {
    TreeMap<Integer, List<Series>> byPrefix = new TreeMap<>();
    for (int i = 0; i < models.size(); i++) {
      TreeMap<Integer, List<List<Point>>> lines = new TreeMap<>();
      for (TextCurves.Size size : models.get(i).sizes()) {
        for (JsonNode rates : size.cells().getFirst().required("extraction")) {
          List<List<Point>> pair =
              lines.computeIfAbsent(
                  rates.required("prefix").asInt(),
                  k -> List.of(new ArrayList<>(), new ArrayList<>()));
          pair.get(0).add(Fields.rate(size.sequences(), rates.required("training")));
          pair.get(1).add(Fields.rate(size.sequences(), rates.required("heldOut")));
        }
      }
      String name = models.get(i).name();
      int color = i;
      lines.forEach((prefix, pair) -> {
        List<Series> series = byPrefix.computeIfAbsent(prefix, k -> new ArrayList<>());
        series.add(new Series(name + " training set", Role.LINE, color, "", pair.get(0)));
        series.add(new Series(name + " never seen", Role.COMPANION, color, "", pair.get(1)));
      });
    }
    List<Block> charts = new ArrayList<>();
    byPrefix.forEach((prefix, series) ->
        charts.add(
            new Chart(
                "extraction-" + prefix,
                "Prefix of " + Numbers.plural(prefix, "token"),
                "First seed. Bars are 95% intervals (Clopper and Pearson).",
                Axis.log(SEQUENCES),
                Axis.linear("share completed exactly"),
                series,
                List.of())));
    return charts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "extraction",
                "Extraction",
                "Given the beginning of a sequence, how often the model completes it exactly."
                    + " Sequences that it never saw show how much of that is understanding.",
                charts));
  }

  private Optional<Section> membership() {
    TreeMap<String, List<Point>> attacks = new TreeMap<>();
    TreeMap<Double, Double> law = new TreeMap<>();
    for (TextCurves model : models) {
      for (JsonNode cell : model.cells()) {
        JsonNode report = cell.required("attacks");
        if (!report.isNull()) {
          double x = cell.required("dataBitsPerParameter").asDouble();
          law.put(x, report.required("publishedLawF1").asDouble());
          List<JsonNode> results = new ArrayList<>(Fields.list(report.required("results")));
          results.add(report.required("blind"));
          for (JsonNode result : results) {
            attacks
                .computeIfAbsent(result.required("attack").asString(), k -> new ArrayList<>())
                .add(Point.of(x, Fields.interval(result.required("balancedF1"))));
          }
        }
      }
    }
    if (attacks.isEmpty()) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>();
    attacks.forEach((attack, points) -> {
      points.sort(Comparator.comparingDouble(Point::x));
      series.add(new Series(attack, Role.POINTS, Attacks.color(attack), "", points));
    });
    series.add(
        new Series(
            "published law",
            Role.COMPANION,
            -1,
            "",
            law.entrySet().stream().map(one -> new Point(one.getKey(), one.getValue())).toList()));
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Chart(
            "membership",
            "F1 against data per parameter",
            "One point for each model, size and seed.",
            Axis.log("data bits per parameter"),
            Axis.linear("balanced F1"),
            series,
            List.of()));
    for (TextCurves model : models) {
      TextChoices.of(
              "ROC, " + model.name(),
              model,
              "roc-" + blocks.size(),
              RocCharts::interest,
              (size, id) -> RocCharts.of(model, size, id))
          .ifPresent(blocks::add);
    }
    return Optional.of(
        new Section(
            "membership",
            "Membership attacks",
            "Whether a sequence was in the training set, guessed from the model. The law expects F1"
                + " to fall as there are more bits of data per parameter. An attack that is sure of"
                + " a few sequences shows at the left of its ROC curve, above chance. What blind,"
                + " which never asks the model, reaches is no privacy loss.",
            blocks));
  }

  private Section compression() {
    List<Block> choices = new ArrayList<>();
    for (TextCurves model : models) {
      TextChoices.of(
              model.name(),
              model,
              "compression-" + (choices.size() + 1),
              RocCharts::interest,
              (size, id) -> Optional.of(CompressionCharts.of(model, size, id)))
          .ifPresent(choices::add);
    }
    return new Section(
        "compression",
        "Compression rates",
        "How short single sequences become under the model. Where the two distributions part, the"
            + " model has memorized.",
        choices);
  }

  private Optional<Section> rarity() {
    List<Block> choices = new ArrayList<>();
    for (TextCurves model : models) {
      TextChoices.of(
              model.name(),
              model,
              "rarity-" + (choices.size() + 1),
              TextCurves.Size::net,
              (size, id) -> RarityCharts.of(model, size, id))
          .ifPresent(choices::add);
    }
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "rarity",
                "Rare words",
                "Whether sequences of rare words are remembered most. Rarity is the mean of"
                    + " log2(|D| / tf) over the tokens of a sequence, tf counted in the same"
                    + " training set.",
                choices));
  }

  private Optional<Section> learning() {
    List<Block> charts = new ArrayList<>();
    for (TextCurves model : models) {
      List<Series> series = new ArrayList<>();
      int color = 0;
      for (TextCurves.Size size : model.sizes()) {
        List<JsonNode> curve = Fields.list(size.cells().getFirst().required("curve"));
        if (curve.size() > 1) {
          String name = "N " + Numbers.count(size.sequences());
          series.add(new Series(name, Role.LINE, color, "", course(curve, "trainBitsPerToken")));
          series.add(
              new Series(name, Role.COMPANION, color, "", course(curve, "heldOutBitsPerToken")));
          color++;
        }
      }
      if (!series.isEmpty()) {
        charts.add(
            new Chart(
                "learning-" + (charts.size() + 1),
                model.name(),
                "First seed. Solid: training set; dashed: never seen.",
                Axis.linear("optimizer steps"),
                Axis.linear("bits per token"),
                series,
                List.of()));
      }
    }
    return charts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "learning",
                "Learning curves",
                "What is learned falls for both; what is memorized falls for the training set"
                    + " alone.",
                charts));
  }

  private static List<Point> course(List<JsonNode> curve, String field) {
    return curve.stream()
        .map(
            point -> new Point(point.required("step").asDouble(), point.required(field).asDouble()))
        .toList();
  }
}
