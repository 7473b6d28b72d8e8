package dev.mneme.app.chart;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.mneme.app.output.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The curve of memorized bits against data set size as a picture: one line per model, each bending
/// from the diagonal (everything memorized) into its plateau. Both axes are logarithmic.
public final class CurvePicture {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;
  private static final int HEADER = 84;
  private static final int MARGIN = 28;
  private static final int PIXELS_PER_UNIT = 2;
  private static final int CEILING_POINTS = 120;

  private static final Color PAPER = new Color(0xFFFFFF);
  private static final Color INK = new Color(0x1F2933);
  private static final Color MUTED = new Color(0x6B7785);
  private static final Color GRID = new Color(0xE8ECF0);
  private static final Color CEILING = new Color(0xB4BCC6);

  /// Distinguishable also with color-blind eyes (after Okabe and Ito), dark enough on white.
  private static final List<Color> LINES =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0x9A4C95),
          new Color(0xB07D00),
          new Color(0x3A8FB7),
          new Color(0x4D5966));

  private final String title;
  private final String subtitle;
  private final List<Curve> curves;
  private final String family;

  /// @param title one line
  /// @param subtitle one line in smaller type: the setting and what the figures are
  /// @param curves one per model
  public CurvePicture(String title, String subtitle, List<Curve> curves) {
    this.title = title;
    this.subtitle = subtitle;
    this.curves = curves.stream().filter(curve -> !curve.positive().isEmpty()).toList();
    this.family = family();
  }

  /// The picture as PNG, two pixels to the unit.
  public byte[] png() throws IOException {
    BufferedImage image =
        new BufferedImage(
            PIXELS_PER_UNIT * WIDTH, PIXELS_PER_UNIT * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
    draw(graphics);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IOException("this Java runtime cannot write PNG");
    }
    return bytes.toByteArray();
  }

  /// The picture as SVG; letters are outlines, so that it looks the same everywhere.
  public byte[] svg() throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    draw(graphics);
    Document document =
        new SVGProcessor().getDocument(graphics.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.writeTo(bytes);
    return bytes.toByteArray();
  }

  private void draw(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    text(graphics, title, font(Font.BOLD, 22), INK, MARGIN, 42);
    text(graphics, subtitle, font(Font.PLAIN, 13), MUTED, MARGIN, 66);
    if (curves.isEmpty()) {
      text(
          graphics,
          "No model memorized anything.",
          font(Font.PLAIN, 16),
          MUTED,
          MARGIN,
          HEIGHT / 2f);
      return;
    }
    graphics.translate(0, HEADER);
    chart().paint(graphics, WIDTH, HEIGHT - HEADER);
    graphics.translate(0, -HEADER);
  }

  private XYChart chart() {
    XYChart chart = new XYChart(WIDTH, HEIGHT - HEADER, ChartTheme.XChart);
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
      add(chart, curves.get(i), LINES.get(i % LINES.size()), right, labelHeights.get(i));
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
    ceiling.setLineColor(CEILING);
    ceiling.setLineStyle(
        new BasicStroke(
            1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {2, 6}, 0));
    chart.addAnnotation(
        new Label(
            line.label(),
            font(Font.PLAIN, 12),
            MUTED,
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
      plateau.setLineColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 110));
      plateau.setLineStyle(
          new BasicStroke(
              1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
      last = Math.max(last, peak.size());
    }
    Font bold = font(Font.BOLD, 14);
    chart.addAnnotation(
        new Label(curve.label(), bold, color, last, labelHeight, 16, -8, Label.Anchor.START));
    int name =
        (int)
            Math.ceil(
                bold.getStringBounds(curve.label(), new FontRenderContext(null, true, true))
                    .getWidth());
    chart.addAnnotation(
        new Label(
            Numbers.decimals(curve.bitsPerParameter(), 2) + " bits per parameter",
            font(Font.PLAIN, 12),
            color,
            last,
            labelHeight,
            16 + name + 8,
            -8,
            Label.Anchor.START));
  }

  /// Heights of the labels: those of the lines' highest points, moved apart where they would touch.
  private List<Double> spread(double top, double bottom) {
    double gap = Math.pow(top / bottom, 22.0 / (HEIGHT - HEADER - 90));
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
    styler.setChartBackgroundColor(PAPER);
    styler.setPlotBackgroundColor(PAPER);
    styler.setPlotBorderVisible(false);
    styler.setChartTitleVisible(false);
    styler.setLegendVisible(false);
    styler.setChartPadding(MARGIN);
    styler.setChartFontColor(MUTED);
    styler.setAxisTitleFont(font(Font.PLAIN, 13));
    styler.setAxisTitlePadding(12);
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
    styler.setAxisTickLabelsColor(MUTED);
    styler.setAxisTickMarksColor(GRID);
    styler.setAxisTickMarkLength(0);
    styler.setAxisTickPadding(10);
    styler.setPlotTicksMarksVisible(false);
    styler.setAxisTicksLineVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotMargin(0);
    styler.setPlotContentSize(1.0);
    styler.setMarkerSize(8);
    styler.setErrorBarsColorSeriesColor(true);
    styler.setSeriesLines(new BasicStroke[] {SeriesLines.SOLID});
    styler.setAntiAlias(true);
    styler.setTextAntiAlias(true);
    styler.setXAxisLogarithmic(true);
    styler.setYAxisLogarithmic(true);
    styler.setXAxisLogarithmicDecadeOnly(false);
    styler.setYAxisLogarithmicDecadeOnly(false);
    styler.setXAxisMin(left);
    styler.setXAxisMax(right);
    styler.setYAxisMin(bottom);
    styler.setYAxisMax(top);
    styler.setXAxisTickLabelsFormattingFunction(CurvePicture::tick);
    styler.setYAxisTickLabelsFormattingFunction(CurvePicture::tick);
  }

  /// Names 1, 2 and 5 of every decade; the lines between them stay without a name.
  private static String tick(double value) {
    double leading = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    boolean named =
        Math.abs(leading - 1) < 1e-6
            || Math.abs(leading - 2) < 1e-6
            || Math.abs(leading - 5) < 1e-6;
    return named ? Numbers.brief(value).replace(".0", "") : "";
  }

  private Font font(int fontStyle, int size) {
    return new Font(family, fontStyle, size);
  }

  private static String family() {
    Set<String> installed =
        Set.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
    for (String wanted :
        new String[] {"Inter", "Helvetica Neue", "Source Sans 3", "Noto Sans", "DejaVu Sans"}) {
      if (installed.contains(wanted)) {
        return wanted;
      }
    }
    return Font.SANS_SERIF;
  }

  private static void text(
      Graphics2D graphics, String text, Font font, Color color, float x, float y) {
    graphics.setColor(color);
    FontRenderContext context = new FontRenderContext(null, true, true);
    Shape outline = font.createGlyphVector(context, text).getOutline(x, y);
    graphics.fill(outline);
  }

  /// Text beside a point of the chart.
  private static final class Label extends Annotation {
    private enum Anchor {
      START,
      END
    }

    private final String text;
    private final Font font;
    private final Color color;
    private final double x;
    private final double y;
    private final int right;
    private final int down;
    private final Anchor anchor;

    Label(
        String text,
        Font font,
        Color color,
        double x,
        double y,
        int right,
        int down,
        Anchor anchor) {
      super(false);
      this.text = text;
      this.font = font;
      this.color = color;
      this.x = x;
      this.y = y;
      this.right = right;
      this.down = down;
      this.anchor = anchor;
    }

    @Override
    public void paint(Graphics2D graphics) {
      FontRenderContext context = new FontRenderContext(null, true, true);
      double width = font.getStringBounds(text, context).getWidth();
      double start = getXAxisScreenValue(x) + right - (anchor == Anchor.END ? width : 0);
      CurvePicture.text(graphics, text, font, color, (float) start, getYAxisScreenValue(y) + down);
    }
  }
}
