package dev.mneme.app.html;

import dev.mneme.app.html.Report.Block;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Samples;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.MnemeVersion;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A report as one HTML page that needs nothing else: style, script, the library of charts and all
/// data stand in it. Its content security policy forbids every request, and every script but the
/// two whose digests it names, so that text from a corpus runs nothing even if it got past the
/// escaping. The same report gives the same bytes.
public final class ReportPage {
  /// By which a page is recognized as made here; stands near its beginning.
  public static final String GENERATOR = "<meta name=\"generator\" content=\"Mneme";

  /// Characters from which on a cell is set as a text.
  private static final int LONG = 40;

  private ReportPage() {}

  /// What a page needs that follows a run.
  ///
  /// @param revision of what it shows; another one makes the page load anew
  /// @param every how often it asks, in milliseconds
  /// @param state how far the run is, in a few words
  public record Live(String revision, long every, String state) {}

  /// A page and what its browser may do, as a header says it.
  public record Served(String page, String policy) {}

  /// Writes the page.
  public static String write(Report report) {
    return write(report, Optional.empty()).page();
  }

  /// Writes a page that asks its server for a newer revision and then loads anew, at the same
  /// place, with the same switches and zoom.
  public static Served writeLive(Report report, Live live) {
    return write(report, Optional.of(live));
  }

  private static Served write(Report report, Optional<Live> live) {
    String library = WebLibrary.echarts();
    String script = resource("report.js").strip();
    String follower = resource("live.js").strip();
    String policy =
        live.isEmpty()
            ? policy("", List.of(library, script))
            : policy("connect-src 'self'; ", List.of(library, script, follower));
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    for (Section section : report.sections()) {
      section.charts().forEach(chart -> options.set(chart.id(), ChartOptions.of(chart)));
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("mneme", MnemeVersion.read());
    page.put("echarts", WebLibrary.version());
    page.put("policy", policy);
    page.put("style", resource("report.css").strip());
    page.put("library", library);
    page.put("script", script);
    page.put("follower", follower);
    page.put("live", live.isPresent());
    page.put("revision", live.map(Live::revision).orElse(""));
    page.put("every", live.map(Live::every).orElse(0L));
    page.put("state", live.map(Live::state).map(VisibleText::of).orElse(""));
    page.put("options", InlineJson.of(options));
    page.put("hasCharts", !options.isEmpty());
    page.put("title", VisibleText.of(report.title()));
    page.put("scope", VisibleText.of(report.scope()));
    page.put("label", VisibleText.of(report.label()));
    page.put("notices", report.notices().stream().map(VisibleText::of).toList());
    page.put("figures", report.figures().stream().map(ReportPage::figure).toList());
    page.put("sections", report.sections().stream().map(ReportPage::section).toList());
    try {
      StringWriter text = new StringWriter();
      new PebbleEngine.Builder()
          .loader(new StringLoader())
          .autoEscaping(true)
          .strictVariables(true)
          .defaultLocale(Locale.ROOT)
          .cacheActive(false)
          .build()
          .getTemplate(resource("report.peb"))
          .evaluate(text, page);
      return new Served(text.toString(), policy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> figure(Report.Figure figure) {
    return Map.of(
        "name", VisibleText.of(figure.name()),
        "value", VisibleText.of(figure.value()),
        "unit", VisibleText.of(figure.unit()),
        "range", VisibleText.of(figure.range()),
        "note", VisibleText.of(figure.note()));
  }

  private static Map<String, Object> section(Section section) {
    return Map.of(
        "id", section.id(),
        "title", VisibleText.of(section.title()),
        "lead", VisibleText.of(section.lead()),
        "paired", paired(section),
        "blocks", section.blocks().stream().map(ReportPage::block).toList());
  }

  /// Charts of a kind stand side by side on wide screens, unless labels at the ends of lines need
  /// the room.
  private static boolean paired(Section section) {
    return section.charts().size() > 1
        && section.charts().stream()
            .flatMap(chart -> chart.series().stream())
            .allMatch(series -> series.label().isEmpty());
  }

  private static Map<String, Object> block(Block block) {
    return switch (block) {
      case Chart chart -> chart(chart);
      case Report.Choice choice -> choice(choice);
      case Grid grid -> grid(grid);
      case Samples samples ->
          Map.of(
              "kind", "samples",
              "title", VisibleText.of(samples.title()),
              "note", VisibleText.of(samples.note()),
              "shades", samples.shaded() ? shades() : List.of(),
              "samples", samples.samples().stream().map(ReportPage::sample).toList());
    };
  }

  private static Map<String, Object> chart(Chart chart) {
    return Map.of(
        "kind", "chart",
        "id", chart.id(),
        "title", VisibleText.of(chart.title()),
        "note", VisibleText.of(chart.note()));
  }

  private static Map<String, Object> choice(Report.Choice choice) {
    List<Map<String, Object>> picks = new ArrayList<>();
    for (Report.Pick pick : choice.picks()) {
      Map<String, Object> one = new LinkedHashMap<>(chart(pick.chart()));
      one.put("label", VisibleText.of(pick.label()));
      one.put("shown", picks.size() == choice.first());
      picks.add(one);
    }
    return Map.of(
        "kind",
        "choice",
        "title",
        VisibleText.of(choice.title()),
        "by",
        VisibleText.of(choice.by()),
        "picks",
        picks);
  }

  private static Map<String, Object> grid(Grid grid) {
    List<Boolean> words =
        IntStream.range(0, grid.columns().size())
            .mapToObj(i -> grid.rows().stream().anyMatch(row -> row.get(i).length() > LONG))
            .toList();
    return Map.of(
        "kind", "table",
        "title", VisibleText.of(grid.title()),
        "columns", cells(grid.columns(), words),
        "words", words.contains(true),
        "rows", grid.rows().stream().map(row -> cells(row, words)).toList());
  }

  private static List<Map<String, Object>> cells(List<String> texts, List<Boolean> words) {
    return IntStream.range(0, texts.size())
        .mapToObj(i ->
            Map.<String, Object>of("text", VisibleText.of(texts.get(i)), "words", words.get(i)))
        .toList();
  }

  private static List<Map<String, Object>> shades() {
    return Shading.all().stream()
        .map(shade -> Map.<String, Object>of("shade", shade.className(), "legend", shade.legend()))
        .toList();
  }

  private static Map<String, Object> sample(Report.Sample sample) {
    return Map.of(
        "caption", VisibleText.of(sample.caption()),
        "text", VisibleText.of(sample.text()),
        "pieces", sample.pieces().stream().map(ReportPage::piece).toList());
  }

  private static Map<String, Object> piece(Report.Piece piece) {
    return Map.of(
        "text", VisibleText.of(piece.text()),
        "shade", Shading.of(piece.savedBits()).className(),
        "saved", Numbers.decimals(piece.savedBits(), 1),
        "model", Numbers.decimals(piece.modelBits(), 2),
        "oracle", Numbers.decimals(piece.oracleBits(), 2),
        "tokens", piece.tokens());
  }

  private static String policy(String more, List<String> scripts) {
    return "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; "
        + more
        + "script-src "
        + String.join(" ", scripts.stream().map(ReportPage::digest).toList())
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String digest(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing part of the program: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
