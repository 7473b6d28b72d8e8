package dev.mneme.app.html;

import dev.mneme.app.config.UsageException;
import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.QuantizationJson;
import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is left of what models memorized once their weights are rounded, see [QuantizationJson].
public final class QuantizationSection {
  /// By this name a result in a run folder is found.
  public static final String FILE = "quantization.json";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private QuantizationSection() {}

  /// Models of one shape on data of one size, which differ by their seeds.
  private record Shape(String name, int sequences, double parameters) {}

  /// One format of one shape.
  ///
  /// @param stored bits for each parameter
  /// @param net memorized bits for each parameter, over seeds
  private record Rounded(String format, double stored, Interval net) {}

  /// Reads what `mneme quantize` wrote.
  ///
  /// @throws UsageException where the file cannot be read or is something else
  public static Section read(Path file) {
    try {
      JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
      if (node.path("format").asString("").equals(QuantizationJson.FORMAT)
          && !node.path("models").isEmpty()) {
        return section(node);
      }
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      // said below
    }
    throw new UsageException(
        "quantization",
        file + ", which cannot be read or is something else",
        "a file that mneme quantize wrote",
        "Make one with: mneme quantize RUN/models/* -o " + FILE);
  }

  private static Section section(JsonNode node) {
    Map<Shape, List<JsonNode>> shapes = new LinkedHashMap<>();
    for (JsonNode model : node.required("models")) {
      shapes
          .computeIfAbsent(
              new Shape(
                  model.required("shape").asString().replace('x', '×'),
                  model.required("sequences").asInt(),
                  model.required("parameters").asDouble()),
              key -> new ArrayList<>())
          .add(model);
    }
    Map<Shape, List<Rounded>> curves = new LinkedHashMap<>();
    shapes.forEach((shape, models) -> curves.put(shape, curve(models)));
    double most =
        curves.values().stream()
            .flatMap(List::stream)
            .mapToDouble(one -> one.net().mean())
            .max()
            .orElse(0);
    List<Series> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    curves.forEach((shape, curve) -> {
      String name = shape.name() + ", N " + Numbers.count(shape.sequences());
      int seeds = curve.getFirst().net().observations();
      double full = curve.getFirst().net().mean();
      for (Rounded one : curve) {
        rows.add(
            List.of(
                name,
                one.format(),
                String.valueOf(seeds),
                Numbers.decimals(one.stored(), 2),
                Numbers.plusMinus(one.net()),
                Numbers.percent(one.net().mean() / full),
                Numbers.decimals(one.net().mean() / one.stored(), 3)));
      }
      series.add(
          new Series(
              name,
              Role.LINE,
              series.size(),
              "",
              curve.reversed().stream()
                  .filter(one -> one.net().mean() >= -most)
                  .map(one -> Point.of(one.stored(), one.net()))
                  .toList()));
    });
    boolean cut =
        curves.values().stream().flatMap(List::stream).anyMatch(one -> one.net().mean() < -most);
    return new Section(
        "quantization",
        "Rounded weights",
        "What saved models still remember when their weights are stored in fewer bits. Nothing was"
            + " trained again after rounding. A model that was rounded too far is confidently"
            + " wrong, and falls below 0.",
        List.of(
            new Chart(
                "quantization",
                "Remembered against stored, per parameter",
                "Stored bits count every parameter and the scales. Bars are 95% intervals over"
                    + " models of several seeds."
                    + (cut
                        ? " What is below " + Numbers.decimals(-most, 1) + " is in the table alone."
                        : ""),
                Axis.log("stored, bits per parameter"),
                Axis.linear("memorized, bits per parameter"),
                series,
                List.of()),
            new Grid(
                "",
                List.of(
                    "model",
                    "weights",
                    "seeds",
                    "stored, bits per parameter",
                    "memorized, bits per parameter",
                    "of the widest",
                    "memorized per stored bit"),
                rows)));
  }

  /// The formats that all models have, in the order of the first model, the widest first.
  private static List<Rounded> curve(List<JsonNode> models) {
    List<Rounded> curve = new ArrayList<>();
    for (JsonNode point : models.getFirst().required("curve")) {
      String format = point.required("format").asString();
      double[] nets =
          models.stream()
              .flatMap(model -> Fields.list(model.required("curve")).stream())
              .filter(one -> one.required("format").asString().equals(format))
              .mapToDouble(one -> one.required("netBitsPerParameter").asDouble())
              .toArray();
      if (nets.length == models.size()) {
        curve.add(
            new Rounded(
                format,
                point.required("storedBitsPerParameter").asDouble(),
                SeedStatistics.interval(nets)));
      }
    }
    if (curve.isEmpty()) {
      throw new IllegalArgumentException("no format that all models have");
    }
    curve.sort(java.util.Comparator.comparingDouble(one -> -one.stored()));
    return curve;
  }
}
