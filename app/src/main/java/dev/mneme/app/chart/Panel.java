package dev.mneme.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.DoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Axes with lines in them.
///
/// @param heading above it; empty for none
/// @param x axis with its unit
/// @param y axis with its unit
/// @param lines the later ones above the earlier ones
/// @param rings colours and places of points that are worth a look
record Panel(String heading, Axis x, Axis y, List<Line> lines, List<RingAt> rings) {
  /// An axis.
  ///
  /// @param title with its unit
  /// @param range what it shows
  /// @param tick how a value is written
  record Axis(String title, Range range, DoubleFunction<String> tick) {}

  /// Where a ring is.
  record RingAt(Color color, double x, double y) {}

  private static final int CAP = BasicStroke.CAP_ROUND;
  private static final int JOIN = BasicStroke.JOIN_ROUND;

  Panel {
    lines = List.copyOf(lines);
    rings = List.copyOf(rings);
  }

  static BasicStroke stroke(Line.Kind kind) {
    return switch (kind) {
      case SOLID -> new BasicStroke(2.6f, CAP, JOIN);
      case DASHED, DASHED_PLAIN ->
          new BasicStroke(2.2f, BasicStroke.CAP_BUTT, JOIN, 1, new float[] {8, 5}, 0);
      case DOTTED -> new BasicStroke(1.8f, CAP, JOIN, 1, new float[] {1, 5}, 0);
      case PLAIN -> new BasicStroke(2, CAP, JOIN);
      case THIN_DASHED ->
          new BasicStroke(1.4f, BasicStroke.CAP_BUTT, JOIN, 1, new float[] {5, 4}, 0);
      case POINTS -> new BasicStroke(0);
      case STEPS -> new BasicStroke(1.4f, CAP, JOIN);
    };
  }

  XYChart chart(Look look, int width, int height) {
    XYChart chart = new XYChart(width, height, ChartTheme.XChart);
    chart.setXAxisTitle(x.title());
    chart.setYAxisTitle(y.title());
    XYStyler styler = chart.getStyler();
    look.apply(styler);
    styler.setXAxisLogarithmic(x.range().logarithmic());
    styler.setYAxisLogarithmic(y.range().logarithmic());
    styler.setXAxisLogarithmicDecadeOnly(false);
    styler.setYAxisLogarithmicDecadeOnly(false);
    styler.setXAxisMin(x.range().low());
    styler.setXAxisMax(x.range().high());
    styler.setYAxisMin(y.range().low());
    styler.setYAxisMax(y.range().high());
    styler.setXAxisTickLabelsFormattingFunction(value -> x.tick().apply(value));
    styler.setYAxisTickLabelsFormattingFunction(value -> y.tick().apply(value));
    for (int i = 0; i < lines.size(); i++) {
      add(chart, lines.get(i), "line " + i);
    }
    rings.forEach(ring -> chart.addAnnotation(new Ring(ring.color(), ring.x(), ring.y())));
    return chart;
  }

  private void add(XYChart chart, Line line, String name) {
    XYSeries series =
        chart.addSeries(
            name,
            line.points().stream().mapToDouble(point -> x.range().clamp(point.x())).toArray(),
            line.points().stream()
                .mapToDouble(point -> y.range().clamp(point.y().mean()))
                .toArray());
    series.setLineColor(line.color());
    series.setLineStyle(stroke(line.kind()));
    series.setMarkerColor(line.color());
    series.setXYSeriesRenderStyle(
        switch (line.kind()) {
          case POINTS -> XYSeries.XYSeriesRenderStyle.Scatter;
          case STEPS -> XYSeries.XYSeriesRenderStyle.StepArea;
          case SOLID, DASHED, DOTTED, PLAIN, DASHED_PLAIN, THIN_DASHED ->
              XYSeries.XYSeriesRenderStyle.Line;
        });
    boolean alone = line.points().size() == 1; // a line of one point is seen by its mark alone
    series.setMarker(
        switch (line.kind()) {
          case SOLID, DASHED, POINTS -> SeriesMarkers.CIRCLE;
          case DOTTED -> alone ? SeriesMarkers.DIAMOND : SeriesMarkers.NONE;
          case PLAIN, DASHED_PLAIN -> alone ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
          case THIN_DASHED, STEPS -> SeriesMarkers.NONE;
        });
    if (line.kind() == Line.Kind.STEPS) {
      series.setFillColor(Look.faded(line.color(), 70));
    }
    for (Line.Point point : line.points()) {
      if (point.y().low() < point.y().high()) {
        chart.addAnnotation(
            new Whisker(
                line.color(),
                point.x(),
                y.range().clamp(point.y().low()),
                y.range().clamp(point.y().high())));
      }
    }
  }
}
