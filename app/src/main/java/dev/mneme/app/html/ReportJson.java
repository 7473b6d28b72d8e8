package dev.mneme.app.html;

import dev.mneme.app.html.Report.Block;
import dev.mneme.app.html.Report.Figure;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Sample;
import dev.mneme.app.html.Report.Samples;
import dev.mneme.app.html.Report.Section;
import dev.mneme.experiment.MnemeVersion;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Everything that a report shows, for programs. Numbers are not rounded; texts are as they were
/// given, whatever they hold. The same source gives the same bytes.
///
/// - `format`: `mneme-report/1`; `mneme`: version of the program
/// - `title`, `scope`, `label`: lines at the top
/// - `figures`: `name`, `value` as it is read, `unit`, `note`, and `interval` with `mean`, `low`,
///   `high` and `observations`, or `null`
/// - `notices`: sentences
/// - `sections`: `id`, `title`, `lead` and `blocks`, each with a `kind`:
///   - `chart`: `id`, `title`, `note`, `x` and `y` with `name` and `logarithmic`, `series` with
///     `name`, `role` (`line`, `points`, `steps`, `companion`, `reference`, `histogram`) and
///     `points`, and `marks` with `name` and `x`. A point is `[x, y]` or, with a 95% interval, `[x,
///     y, low, high]`
///   - `choice`: charts of which one is shown at a time: `title`, `by` and `picks`, each with a
///     `label` and the fields of a chart
///   - `table`: `title`, `columns`, `rows` of texts
///   - `samples`: `title`, `note` and `samples` with `index`, `unintendedBits`, `text`, and
///     `pieces`, which add up to the text: `text`, `tokens`, `modelBits` and `oracleBits`, the code
///     length of the piece under both; none where single tokens are not known
public final class ReportJson {
  /// Version of the format.
  public static final String FORMAT = "mneme-report/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ReportJson() {}

  /// Writes a report.
  public static String write(Report report) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", FORMAT)
            .put("mneme", MnemeVersion.read())
            .put("title", report.title())
            .put("scope", report.scope())
            .put("label", report.label());
    ArrayNode figures = node.putArray("figures");
    report.figures().forEach(figure -> put(figures.addObject(), figure));
    texts(node.putArray("notices"), report.notices());
    ArrayNode sections = node.putArray("sections");
    report.sections().forEach(section -> put(sections.addObject(), section));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private static void put(ObjectNode node, Figure figure) {
    node.put("name", figure.name())
        .put("value", figure.value())
        .put("unit", figure.unit())
        .put("note", figure.note())
        .putNull("interval");
    figure
        .interval()
        .ifPresent(interval ->
            node.putObject("interval")
                .put("mean", interval.mean())
                .put("low", interval.low())
                .put("high", interval.high())
                .put("observations", interval.observations()));
  }

  private static void put(ObjectNode node, Section section) {
    node.put("id", section.id()).put("title", section.title()).put("lead", section.lead());
    ArrayNode blocks = node.putArray("blocks");
    for (Block block : section.blocks()) {
      switch (block) {
        case Chart chart -> put(blocks.addObject().put("kind", "chart"), chart);
        case Report.Choice choice -> put(blocks.addObject().put("kind", "choice"), choice);
        case Grid grid -> put(blocks.addObject().put("kind", "table"), grid);
        case Samples samples -> put(blocks.addObject().put("kind", "samples"), samples);
      }
    }
  }

  private static void put(ObjectNode node, Chart chart) {
    node.put("id", chart.id()).put("title", chart.title()).put("note", chart.note());
    put(node.putObject("x"), chart.x());
    put(node.putObject("y"), chart.y());
    ArrayNode series = node.putArray("series");
    for (Chart.Series one : chart.series()) {
      ObjectNode child =
          series
              .addObject()
              .put("name", one.name())
              .put("role", one.role().name().toLowerCase(Locale.ROOT));
      ArrayNode points = child.putArray("points");
      for (Chart.Point point : one.points()) {
        ArrayNode row = points.addArray().add(point.x()).add(point.y());
        point.bounds().ifPresent(bounds -> row.add(bounds.low()).add(bounds.high()));
      }
    }
    ArrayNode marks = node.putArray("marks");
    chart.marks().forEach(mark -> marks.addObject().put("name", mark.name()).put("x", mark.x()));
  }

  private static void put(ObjectNode node, Report.Choice choice) {
    node.put("title", choice.title()).put("by", choice.by());
    ArrayNode picks = node.putArray("picks");
    choice.picks().forEach(pick -> put(picks.addObject().put("label", pick.label()), pick.chart()));
  }

  private static void put(ObjectNode node, Chart.Axis axis) {
    node.put("name", axis.name()).put("logarithmic", axis.logarithmic());
  }

  private static void put(ObjectNode node, Grid grid) {
    node.put("title", grid.title());
    texts(node.putArray("columns"), grid.columns());
    ArrayNode rows = node.putArray("rows");
    grid.rows().forEach(row -> texts(rows.addArray(), row));
  }

  private static void put(ObjectNode node, Samples samples) {
    node.put("title", samples.title()).put("note", samples.note());
    ArrayNode array = node.putArray("samples");
    for (Sample sample : samples.samples()) {
      ArrayNode pieces =
          array
              .addObject()
              .put("index", sample.index())
              .put("unintendedBits", sample.unintendedBits())
              .put("text", sample.text())
              .putArray("pieces");
      for (Report.Piece piece : sample.pieces()) {
        pieces
            .addObject()
            .put("text", piece.text())
            .put("tokens", piece.tokens())
            .put("modelBits", piece.modelBits())
            .put("oracleBits", piece.oracleBits());
      }
    }
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
