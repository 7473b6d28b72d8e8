package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Mark;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A chart as an option object of Apache ECharts, plain data. Colours are names that begin with
/// `@`; the page's style sheet says what they are in light and dark. `mneme` holds what the page's
/// script needs beside ECharts: `title`, and `xRange` and `yRange` for logarithmic axes, `null`
/// where nothing is above 0. A point is `[x, y]` or `[x, y, low, high]`.
final class ChartOptions {
  /// Names of colours in the style sheet; further series begin again.
  static final int COLORS = 7;

  private static final int MOST_WITH_SYMBOLS = 60;

  private final Chart chart;

  private ChartOptions(Chart chart) {
    this.chart = chart;
  }

  static ObjectNode of(Chart chart) {
    return new ChartOptions(chart).option();
  }

  private ObjectNode option() {
    ObjectNode option = JsonNodeFactory.instance.objectNode();
    ObjectNode own = option.putObject("mneme").put("title", chart.title());
    range(own, "xRange", chart.x(), Chart.Point::x);
    range(own, "yRange", chart.y(), Chart.Point::y);
    option.put("animation", false);
    option.putObject("aria").put("enabled", true);
    option.putObject("textStyle").put("fontFamily", "@font");
    option
        .putObject("title")
        .put("text", chart.y().name())
        .put("left", 0)
        .put("top", 34)
        .put("padding", 0)
        .putObject("textStyle")
        .put("fontSize", 12)
        .put("fontWeight", "normal")
        .put("color", "@muted");
    option
        .putObject("grid")
        .put("left", 4)
        .put("right", labelled() ? 150 : 20)
        .put("top", 62)
        .put("bottom", 30)
        .put("containLabel", true);
    option
        .putObject("tooltip")
        .put("trigger", classes() ? "axis" : "item")
        .put("confine", true)
        .put("backgroundColor", "@raised")
        .put("borderColor", "@grid")
        .putObject("textStyle")
        .put("color", "@ink")
        .put("fontSize", 12);
    legend(option);
    toolbox(option);
    axis(option.putObject("xAxis"), chart.x())
        .put("name", chart.x().name())
        .put("nameLocation", "middle")
        .put("nameGap", 30)
        .putObject("nameTextStyle")
        .put("color", "@muted");
    axis(option.putObject("yAxis"), chart.y());
    ArrayNode series = option.putArray("series");
    chart.series().forEach(one -> series(series.addObject(), one));
    if (!chart.marks().isEmpty()) {
      marks(series.addObject());
    }
    narrow(option);
    return option;
  }

  /// Whether the chart is of neighbouring classes, whose values are asked for anywhere above them.
  private boolean classes() {
    return chart.series().stream().allMatch(one -> one.role() == Role.HISTOGRAM);
  }

  private boolean labelled() {
    return chart.series().stream().anyMatch(one -> !one.label().isEmpty());
  }

  private void legend(ObjectNode option) {
    Set<String> names = new LinkedHashSet<>();
    chart.series().forEach(one -> names.add(one.name()));
    ObjectNode legend =
        option
            .putObject("legend")
            .put("type", "scroll")
            .put("left", 0)
            .put("top", 0)
            .put("padding", 0)
            .put("itemWidth", 16)
            .put("itemHeight", 8)
            .put("itemGap", 12)
            .put("inactiveColor", "@grid")
            .put("pageIconColor", "@muted");
    legend.putObject("textStyle").put("color", "@ink").put("fontSize", 13);
    legend.putObject("pageTextStyle").put("color", "@muted");
    ArrayNode data = legend.putArray("data");
    names.forEach(data::add);
  }

  private static void toolbox(ObjectNode option) {
    ObjectNode toolbox =
        option.putObject("toolbox").put("right", 0).put("top", 26).put("itemSize", 13);
    toolbox.putObject("iconStyle").put("borderColor", "@muted");
    ObjectNode feature = toolbox.putObject("feature");
    ObjectNode zoom = feature.putObject("dataZoom").put("filterMode", "none");
    zoom.putObject("title").put("zoom", "Zoom into a part").put("back", "Back");
    zoom.putObject("brushStyle").put("color", "@grid").put("opacity", 0.5);
    feature.putObject("restore").put("title", "Whole picture");
  }

  private static ObjectNode axis(ObjectNode node, Axis axis) {
    node.put("type", axis.logarithmic() ? "log" : "value").put("scale", true);
    ObjectNode line = node.putObject("axisLine").put("onZero", false);
    line.putObject("lineStyle").put("color", "@grid");
    node.putObject("axisTick").put("show", false);
    node.putObject("splitLine").putObject("lineStyle").put("color", "@grid");
    node.putObject("axisLabel").put("color", "@muted").put("hideOverlap", true);
    return node;
  }

  private void series(ObjectNode node, Series series) {
    Role role = series.role();
    String color = series.color() < 0 ? "@muted" : "@c" + Math.floorMod(series.color(), COLORS);
    node.put("name", series.name())
        .put("type", role == Role.POINTS ? "scatter" : "line")
        .put("color", color)
        .put("mneme", role.name().toLowerCase(java.util.Locale.ROOT));
    node.putArray("dimensions")
        .add(chart.x().name())
        .add(chart.y().name())
        .add("95% from")
        .add("to");
    ArrayNode data = node.putArray("data");
    for (Chart.Point point : series.points()) {
      ArrayNode row = data.addArray().add(point.x()).add(point.y());
      point.bounds().ifPresent(bounds -> row.add(bounds.low()).add(bounds.high()));
    }
    ObjectNode encode = node.putObject("encode").put("x", 0);
    ArrayNode heights = encode.putArray("y").add(1); // the first is drawn; all stretch the axis
    ArrayNode tooltip = encode.putArray("tooltip").add(0).add(1);
    if (series.points().stream().anyMatch(point -> point.bounds().isPresent())) {
      tooltip.add(2).add(3);
      heights.add(2).add(3);
    }
    switch (role) {
      case LINE -> {
        line(node, 2.4, "solid");
        if (series.points().size() <= MOST_WITH_SYMBOLS) {
          node.remove("itemStyle");
        }
      }
      case POINTS -> {
        boolean many = series.points().size() > MOST_WITH_SYMBOLS;
        node.put("symbolSize", many ? 5 : 9).putObject("itemStyle").put("opacity", many ? 0.6 : 1);
      }
      case STEPS -> {
        line(node, 1.8, "solid");
        node.put("step", "end");
      }
      // below what was measured, whose values the mouse then finds first
      case COMPANION -> line(node.put("z", 1), 1.5, "dashed");
      case REFERENCE -> line(node.put("z", 1), 1.5, "dotted");
      case HISTOGRAM -> {
        node.put("step", "middle").put("symbol", "none");
        node.putObject("lineStyle").put("width", 1.6);
        node.putObject("areaStyle").put("opacity", 0.18);
      }
    }
    if (!series.label().isEmpty()) {
      node.putObject("endLabel")
          .put("show", true)
          .put("formatter", series.label())
          .put("color", color)
          .put("fontSize", 12)
          .put("distance", 6);
      node.putObject("labelLayout").put("moveOverlap", "shiftY");
    }
  }

  /// A line whose points are not seen, but tell their values under the mouse.
  private static void line(ObjectNode node, double width, String type) {
    node.put("symbol", "circle").put("symbolSize", 7).put("showAllSymbol", true);
    node.putObject("itemStyle").put("opacity", 0);
    node.putObject("emphasis").putObject("itemStyle").put("opacity", 1);
    node.putObject("lineStyle").put("width", width).put("type", type);
  }

  /// A series of its own, so that the legend leaves it alone.
  private void marks(ObjectNode own) {
    own.put("type", "line").put("color", "@muted").put("mneme", "marks").putArray("data");
    ObjectNode line = own.putObject("markLine").put("symbol", "none").put("silent", true);
    line.put("precision", 15); // two decimals otherwise, which is 0 for a small rate
    line.putObject("lineStyle").put("color", "@muted").put("type", "dashed").put("width", 1.2);
    ArrayNode data = line.putArray("data");
    boolean low = false;
    for (Mark mark : chart.marks()) {
      ObjectNode label =
          data.addObject()
              .put("xAxis", mark.x())
              .putObject("label")
              .put("formatter", mark.name())
              .put("color", "@muted")
              .put("fontSize", 12)
              .put("rotate", 0)
              .put("position", low ? "insideEndBottom" : "end");
      label.put("distance", 4);
      low = true;
    }
  }

  /// On narrow screens the labels at the ends of lines give way to the legend.
  private void narrow(ObjectNode option) {
    if (!labelled()) {
      return;
    }
    ObjectNode rule = option.putArray("media").addObject();
    rule.putObject("query").put("maxWidth", 620);
    ObjectNode narrow = rule.putObject("option");
    narrow.putObject("grid").put("right", 20);
    ArrayNode series = narrow.putArray("series");
    for (Series one : chart.series()) {
      ObjectNode node = series.addObject();
      if (!one.label().isEmpty()) {
        node.putObject("endLabel").put("show", false);
      }
    }
  }

  /// Ends of a logarithmic axis: the next 1, 2 or 5 outside the data.
  private void range(ObjectNode node, String name, Axis axis, ToDoubleFunction<Chart.Point> value) {
    double[] values =
        chart.series().stream()
            .flatMap(one -> one.points().stream())
            .mapToDouble(value)
            .filter(one -> one > 0)
            .sorted()
            .toArray();
    if (values.length == 0) {
      node.putNull(name);
      return;
    }
    node.putArray(name)
        .add(round(values[0] / 1.1, false))
        .add(Math.min(axis.most(), round(1.1 * values[values.length - 1], true)));
  }

  private static double round(double value, boolean up) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    double[] steps = {1, 2, 5, 10};
    for (int i = 0; i < steps.length; i++) {
      if (value <= steps[i] * decade * (1 + 1e-12)) {
        return up || value >= steps[i] * decade * (1 - 1e-12) || i == 0
            ? steps[i] * decade
            : steps[i - 1] * decade;
      }
    }
    return up ? 10 * decade : 5 * decade;
  }
}
