package dev.mneme.app.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/// Text beside a point of a chart.
final class Label extends Annotation {
  enum Anchor {
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
      String text, Font font, Color color, double x, double y, int right, int down, Anchor anchor) {
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
    double width = Look.width(text, font);
    double start = getXAxisScreenValue(x) + right - (anchor == Anchor.END ? width : 0);
    Look.text(graphics, text, font, color, (float) start, getYAxisScreenValue(y) + down);
  }
}
