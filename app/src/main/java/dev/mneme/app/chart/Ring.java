package dev.mneme.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/// A ring around a point that is worth a look.
final class Ring extends Annotation {
  static final double RADIUS = 9;

  private final Color color;
  private final double x;
  private final double y;

  Ring(Color color, double x, double y) {
    super(false);
    this.color = color;
    this.x = x;
    this.y = y;
  }

  @Override
  public void paint(Graphics2D graphics) {
    draw(graphics, color, getXAxisScreenValue(x), getYAxisScreenValue(y));
  }

  static void draw(Graphics2D graphics, Color color, double x, double y) {
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(1.8f));
    graphics.draw(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
  }
}
