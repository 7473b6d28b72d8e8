package dev.mneme.app.chart;

import dev.mneme.app.output.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The curve of memorized bits against data set size as a picture: one line per model, each bending
/// from the diagonal (everything memorized) into its plateau. Both axes are logarithmic.
public final class CurvePicture {
  private static final int CEILING_POINTS = 120;

  private final String title;
  private final String subtitle;
  private final List<Curve> curves;
  private final Look look = new Look();

  /// @param title one line
  /// @param subtitle one line in smaller type: the setting and what the figures are
  /// @param curves one per model
  public CurvePicture(String title, String subtitle, List<Curve> curves) {
    this.title = title;
    this.subtitle = subtitle;
    this.curves = curves.stream().filter(curve -> !curve.positive().isEmpty()).toList();
  }

  /// The picture as PNG, two pixels to the unit.
  public byte[] png() throws IOException {
    return canvas().png();
  }

  /// The picture as SVG; letters are outlines, so that it looks the same everywhere.
  public byte[] svg() throws IOException {
    return canvas().svg();
  }

  private Canvas canvas() {
    return new Canvas(title, subtitle, look, this::draw);
  }

  private void draw(Graphics2D graphics) {
    if (curves.isEmpty()) {
      Look.text(
          graphics,
          "No model memorized anything.",
          look.font(Font.PLAIN, 16),
          Look.MUTED,
          Look.MARGIN,
          Canvas.HEIGHT / 2f);
      return;
    }
    graphics.translate(0, Canvas.HEADER);
    chart().paint(graphics, Canvas.WIDTH, Canvas.HEIGHT - Canvas.HEADER);
    graphics.translate(0, -Canvas.HEADER);
  }

  private XYChart chart() {
    XYChart chart = new XYChart(Canvas.WIDTH, Canvas.HEIGHT - Canvas.HEADER, ChartTheme.XChart);
    chart.setXAxisTitle("data set size, bits");
    chart.setYAxisTitle("memorized, bits");
    double least = Double.MAX_VALUE;
    double most = 0;
    double highest = 0;
    double lowest = Double.MAX_VALUE;
    for (Curve curve : curves) {
      for (Curve.Point point : curve.positive()) {
        least = Math.min(least, point.size());
        most = Math.max(most, point.size());
        lowest = Math.min(lowest, Math.max(point.memorized().mean() / 3, point.memorized().low()));
        highest = Math.max(highest, point.memorized().high());
      }
    }
    double left = least / 1.3;
    double right = most * Math.pow(most / least, 0.34) * 1.2;
    double bottom = Math.min(left, lowest) / 1.15;
    double top = highest * 1.6;
    style(chart.getStyler(), left, right, bottom, top);

    ceiling(chart, left, right, bottom, top);
    List<Double> labelHeights = spread(top, bottom);
    for (int i = 0; i < curves.size(); i++) {
      add(chart, curves.get(i), Look.line(i), right, labelHeights.get(i));
    }
    return chart;
  }

  private void ceiling(XYChart chart, double left, double right, double bottom, double top) {
    CeilingLine line = CeilingLine.of(curves);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i <= CEILING_POINTS; i++) {
      double size = left * Math.pow(right / left, (double) i / CEILING_POINTS);
      if (line.at(size) >= bottom && line.at(size) <= top) {
        x.add(size);
        y.add(line.at(size));
      }
    }
    if (x.size() < 2) {
      return;
    }
    XYSeries ceiling = chart.addSeries("ceiling", x, y);
    ceiling.setMarker(SeriesMarkers.NONE);
    ceiling.setLineColor(Look.CEILING);
    ceiling.setLineStyle(
        new BasicStroke(
            1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {2, 6}, 0));
    chart.addAnnotation(
        new Label(
            line.label(),
            look.font(Font.PLAIN, 12),
            Look.MUTED,
            x.get(x.size() / 2),
            y.get(x.size() / 2),
            -12,
            -10,
            Label.Anchor.END));
  }

  private void add(XYChart chart, Curve curve, Color color, double right, double labelHeight) {
    List<Curve.Point> points = curve.positive();
    double[] x = points.stream().mapToDouble(Curve.Point::size).toArray();
    double[] y = points.stream().mapToDouble(point -> point.memorized().mean()).toArray();
    double[] bars =
        points.stream()
            .mapToDouble(point ->
                Math.min(
                    (point.memorized().high() - point.memorized().low()) / 2,
                    0.9 * point.memorized().mean()))
            .toArray();
    XYSeries line = chart.addSeries(curve.label(), x, y, bars);
    line.setLineColor(color);
    line.setMarkerColor(color);
    line.setMarker(SeriesMarkers.CIRCLE);
    line.setLineStyle(new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double last = x[x.length - 1];
    if (curve.plateau() >= 0 && curve.points().get(curve.plateau()).memorized().mean() > 0) {
      Curve.Point peak = curve.points().get(curve.plateau());
      double height = peak.memorized().mean();
      XYSeries plateau =
          chart.addSeries(
              curve.label() + " plateau",
              new double[] {peak.size(), right},
              new double[] {height, height});
      plateau.setMarker(SeriesMarkers.NONE);
      plateau.setLineColor(Look.faded(color, 110));
      plateau.setLineStyle(
          new BasicStroke(
              1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
      last = Math.max(last, peak.size());
    }
    Font bold = look.font(Font.BOLD, 14);
    chart.addAnnotation(
        new Label(curve.label(), bold, color, last, labelHeight, 16, -8, Label.Anchor.START));
    int name = (int) Math.ceil(Look.width(curve.label(), bold));
    chart.addAnnotation(
        new Label(
            Numbers.decimals(curve.bitsPerParameter(), 2) + " bits per parameter",
            look.font(Font.PLAIN, 12),
            color,
            last,
            labelHeight,
            16 + name + 8,
            -8,
            Label.Anchor.START));
  }

  /// Heights of the labels: those of the lines' highest points, moved apart where they would touch.
  private List<Double> spread(double top, double bottom) {
    double gap = Math.pow(top / bottom, 22.0 / (Canvas.HEIGHT - Canvas.HEADER - 90));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      order.add(i);
    }
    order.sort(java.util.Comparator.comparingDouble(i -> height(curves.get(i))));
    Double[] heights = new Double[curves.size()];
    double previous = 0;
    for (int index : order) {
      double height = Math.max(height(curves.get(index)), previous * gap);
      heights[index] = height;
      previous = height;
    }
    return List.of(heights);
  }

  private static double height(Curve curve) {
    return curve.positive().stream().mapToDouble(point -> point.memorized().mean()).max().orElse(1);
  }

  private void style(XYStyler styler, double left, double right, double bottom, double top) {
    look.apply(styler);
    styler.setXAxisLogarithmic(true);
    styler.setYAxisLogarithmic(true);
    styler.setXAxisLogarithmicDecadeOnly(false);
    styler.setYAxisLogarithmicDecadeOnly(false);
    styler.setXAxisMin(left);
    styler.setXAxisMax(right);
    styler.setYAxisMin(bottom);
    styler.setYAxisMax(top);
    styler.setXAxisTickLabelsFormattingFunction(Look::tick);
    styler.setYAxisTickLabelsFormattingFunction(Look::tick);
  }
}
