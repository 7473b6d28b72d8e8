package dev.mneme.app.chart;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/// White paper of a fixed size with a title, as PNG or SVG.
///
/// @param title one line
/// @param subtitle one line in smaller type
/// @param look of the letters
/// @param body draws what is below the title
record Canvas(String title, String subtitle, Look look, Consumer<Graphics2D> body) {
  static final int WIDTH = 1000;
  static final int HEIGHT = 640;

  /// Where the title ends.
  static final int HEADER = 84;

  private static final int PIXELS_PER_UNIT = 2;

  /// The picture as PNG, two pixels to the unit.
  byte[] png() throws IOException {
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
  byte[] svg() throws IOException {
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
    graphics.setColor(Look.PAPER);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    Look.text(graphics, title, look.font(Font.BOLD, 22), Look.INK, Look.MARGIN, 42);
    Look.text(graphics, subtitle, look.font(Font.PLAIN, 13), Look.MUTED, Look.MARGIN, 66);
    body.accept(graphics);
  }
}
