package dev.mneme.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/// An interval around a point, which need not lie in its middle.
final class Whisker extends Annotation {
  private static final double CAP = 3;

  private final Color color;
  private final double x;
  private final double low;
  private final double high;

  Whisker(Color color, double x, double low, double high) {
    super(false);
    this.color = color;
    this.x = x;
    this.low = low;
    this.high = high;
  }

  @Override
  public void paint(Graphics2D graphics) {
    double across = getXAxisScreenValue(x);
    double bottom = getYAxisScreenValue(low);
    double top = getYAxisScreenValue(high);
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(1.3f));
    graphics.draw(new Line2D.Double(across, bottom, across, top));
    graphics.draw(new Line2D.Double(across - CAP, bottom, across + CAP, bottom));
    graphics.draw(new Line2D.Double(across - CAP, top, across + CAP, top));
  }
}
