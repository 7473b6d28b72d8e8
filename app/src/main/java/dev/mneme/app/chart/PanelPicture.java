package dev.mneme.app.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;

/// Panels side by side below a title and a legend, which has a place of its own so that it never
/// covers a line.
///
/// @param title one line
/// @param subtitle one line: what the figures are
/// @param legend what colours and kinds of lines mean
/// @param panels at least one
record PanelPicture(String title, String subtitle, List<Entry> legend, List<Panel> panels) {
  /// One thing that the legend explains.
  ///
  /// @param text in words
  /// @param color of the sample
  /// @param kind of the sample
  /// @param ring whether the sample is a ring, whatever the kind
  record Entry(String text, Color color, Line.Kind kind, boolean ring) {
    Entry(String text, Color color, Line.Kind kind) {
      this(text, color, kind, false);
    }
  }

  private static final int LEGEND_TOP = 96;
  private static final int LEGEND_LINE = 22;
  private static final int SAMPLE = 26;
  private static final int HEADING = 26;

  PanelPicture {
    legend = List.copyOf(legend);
    panels = List.copyOf(panels);
  }

  byte[] png() throws IOException {
    return canvas().png();
  }

  byte[] svg() throws IOException {
    return canvas().svg();
  }

  private Canvas canvas() {
    Look look = new Look();
    return new Canvas(title, subtitle, look, graphics -> draw(graphics, look));
  }

  private void draw(Graphics2D graphics, Look look) {
    int top = legend(graphics, look);
    boolean headings = panels.stream().anyMatch(panel -> !panel.heading().isEmpty());
    int head = headings ? HEADING : 0;
    int width = Canvas.WIDTH / panels.size();
    int height = Canvas.HEIGHT - top - head;
    for (int i = 0; i < panels.size(); i++) {
      int left = i * width;
      Look.text(
          graphics,
          panels.get(i).heading(),
          look.font(Font.BOLD, 14),
          Look.INK,
          left + Look.MARGIN,
          top + 20f);
      graphics.translate(left, top + head);
      panels.get(i).chart(look, width, height).paint(graphics, width, height);
      graphics.translate(-left, -top - head);
    }
  }

  /// Draws the legend in as many lines as it takes and returns where it ends.
  private int legend(Graphics2D graphics, Look look) {
    Font font = look.font(Font.PLAIN, 13);
    double x = Look.MARGIN;
    int y = LEGEND_TOP;
    for (Entry entry : legend) {
      double width = SAMPLE + 8 + Look.width(entry.text(), font) + 22;
      if (x > Look.MARGIN && x + width > Canvas.WIDTH - Look.MARGIN + 22) {
        x = Look.MARGIN;
        y += LEGEND_LINE;
      }
      sample(graphics, entry, x, y - 5);
      Look.text(graphics, entry.text(), font, Look.MUTED, (float) x + SAMPLE + 8, y);
      x += width;
    }
    return y + 8;
  }

  private static void sample(Graphics2D graphics, Entry entry, double x, double y) {
    double middle = x + SAMPLE / 2.0;
    if (entry.ring()) {
      Ring.draw(graphics, entry.color(), middle, y);
      return;
    }
    graphics.setColor(entry.color());
    if (entry.kind() == Line.Kind.STEPS) {
      graphics.setColor(Look.faded(entry.color(), 110));
      graphics.fill(new Rectangle2D.Double(x + 4, y - 6, SAMPLE - 8, 12));
      return;
    }
    if (entry.kind() != Line.Kind.POINTS) {
      graphics.setStroke(Panel.stroke(entry.kind()));
      graphics.draw(new Line2D.Double(x, y, x + SAMPLE, y));
    }
    if (entry.kind() == Line.Kind.SOLID || entry.kind() == Line.Kind.POINTS) {
      graphics.fill(new Ellipse2D.Double(middle - 4, y - 4, 8, 8));
    }
  }
}
