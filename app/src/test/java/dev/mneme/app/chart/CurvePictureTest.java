package dev.mneme.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.measure.Interval;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvePictureTest {
  static final List<Curve> CURVES =
      List.of(curve("1×16", 5_000, 2.71), curve("1×32", 12_000, 2.52), curve("2×32", 24_000, 2.66));

  static Curve curve(String label, double parameters, double bits) {
    List<Curve.Point> points = new ArrayList<>();
    for (double factor : new double[] {0.1, 0.35, 0.5, 0.7071, 1, 1.4142, 2}) {
      double size = factor * 3.6 * parameters;
      double mean = Math.min(0.985 * size, bits * parameters * (factor > 1.2 ? 0.985 : 1));
      points.add(
          new Curve.Point(
              (int) Math.round(size / 96),
              96 * Math.round(size / 96),
              new Interval(mean, 0.97 * mean, 1.03 * mean, 3),
              0.99 * size));
    }
    return new Curve(label, points, 4, bits);
  }

  private static CurvePicture picture() {
    return new CurvePicture(
        "Memorized bits bend into a plateau",
        "GPT-2 blocks on random tokens, V 64, S 16, fp32 · mean of 3 seeds with 95% intervals ·"
            + " lower bounds at this training budget",
        CURVES);
  }

  @Test
  void pngHasThePlannedSizeAndALineOfEachColor() throws Exception {
    byte[] png = picture().png();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(2000);
    assertThat(image.getHeight()).isEqualTo(1280);
    Set<Integer> colors = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colors.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    assertThat(colors).contains(0xFFFFFF, 0x0072B2, 0xD55E00, 0x009E73);
    if (System.getProperty("mneme.test.pictures") != null) {
      Files.write(Path.of(System.getProperty("mneme.test.pictures"), "curve.png"), png);
    }
  }

  @Test
  void svgIsWellFormedAndHoldsTheLines(@TempDir Path folder) throws Exception {
    byte[] svg = picture().svg();
    String text = new String(svg, StandardCharsets.UTF_8);
    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(
                new org.xml.sax.InputSource(
                    new java.io.StringReader(text.replaceFirst("<!DOCTYPE[^>]*>", ""))));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(20);
    if (System.getProperty("mneme.test.pictures") != null) {
      Files.write(Path.of(System.getProperty("mneme.test.pictures"), "curve.svg"), svg);
    }
  }

  @Test
  void nothingMemorizedStillGivesAPicture() throws Exception {
    Curve none =
        new Curve(
            "1×8", List.of(new Curve.Point(10, 1000, new Interval(-5, -5, -5, 1), 990)), 0, 0);
    assertThat(new CurvePicture("t", "s", List.of(none)).png()).isNotEmpty();
    assertThat(new CurvePicture("t", "s", List.of()).svg()).isNotEmpty();
  }
}
