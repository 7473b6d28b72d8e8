package dev.mneme.app.chart;

import dev.mneme.app.output.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;

/// The look that all pictures share: colours, letters, axes.
final class Look {
  static final int MARGIN = 28;

  static final Color PAPER = new Color(0xFFFFFF);
  static final Color INK = new Color(0x1F2933);
  static final Color MUTED = new Color(0x6B7785);
  static final Color GRID = new Color(0xE8ECF0);
  static final Color CEILING = new Color(0xB4BCC6);

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

  private final String family = family();

  /// The colour of line number `index`.
  static Color line(int index) {
    return LINES.get(index % LINES.size());
  }

  /// A colour that lets others through.
  ///
  /// @param alpha 0 to 255
  static Color faded(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }

  Font font(int fontStyle, int size) {
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

  /// Letters as outlines, so that they look the same everywhere.
  static void text(Graphics2D graphics, String text, Font font, Color color, float x, float y) {
    graphics.setColor(color);
    FontRenderContext context = new FontRenderContext(null, true, true);
    Shape outline = font.createGlyphVector(context, text).getOutline(x, y);
    graphics.fill(outline);
  }

  /// How wide a text is drawn.
  static double width(String text, Font font) {
    return font.getStringBounds(text, new FontRenderContext(null, true, true)).getWidth();
  }

  /// Quiet axes and grid, without title and legend.
  void apply(XYStyler styler) {
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
  }

  /// Names 1, 2 and 5 of every decade; the lines between them stay without a name.
  static String tick(double value) {
    double leading = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
    boolean named =
        Math.abs(leading - 1) < 1e-6
            || Math.abs(leading - 2) < 1e-6
            || Math.abs(leading - 5) < 1e-6;
    return named ? Numbers.brief(value).replace(".0", "") : "";
  }
}
