package dev.mneme.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.report.MadeUpTextReports;
import dev.mneme.text.TextReport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class TextPicturesTest {
  private static final String[] ALL = {
    "memorization", "double-descent", "extraction", "membership", "compression", "learning"
  };

  private static void keep(Map<String, byte[]> pictures, String extension) throws Exception {
    String folder = System.getProperty("mneme.test.pictures");
    if (folder != null) {
      for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
        Files.write(Path.of(folder, picture.getKey() + extension), picture.getValue());
      }
    }
  }

  private static Set<Integer> colors(byte[] png) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(2000);
    assertThat(image.getHeight()).isEqualTo(1280);
    Set<Integer> colors = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colors.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    return colors;
  }

  @Test
  void pngHasALineOfEachModel() throws Exception {
    Map<String, byte[]> pictures = TextPictures.png(MadeUpTextReports.full());
    keep(pictures, ".png");
    assertThat(pictures).containsOnlyKeys(ALL);
    for (String name : List.of("memorization", "double-descent", "membership")) {
      assertThat(colors(pictures.get(name))).as(name).contains(0x0072B2, 0xD55E00, 0x009E73);
    }
  }

  @Test
  void svgIsWellFormed() throws Exception {
    Map<String, byte[]> pictures =
        TextPictures.svg(MadeUpTextReports.of(List.of(16), List.of(125, 500), List.of(1L, 2L)));
    keep(pictures, ".svg");

    assertThat(pictures).containsOnlyKeys(ALL);
    for (byte[] svg : pictures.values()) {
      String text = new String(svg, StandardCharsets.UTF_8).replaceFirst("<!DOCTYPE[^>]*>", "");
      var document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new org.xml.sax.InputSource(new java.io.StringReader(text)));
      assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(20);
      assertThat(text).doesNotContain("NaN");
    }
  }

  @Test
  void oneSizeOfOneModelWithoutAttacksStillHasItsPictures() throws Exception {
    TextReport report = MadeUpTextReports.smallest();
    Map<String, byte[]> pictures = TextPictures.png(report);
    keep(pictures, "-smallest.png");
    assertThat(pictures)
        .containsOnlyKeys("memorization", "double-descent", "compression", "learning");
    assertThat(TextPictures.svg(report)).containsOnlyKeys(pictures.keySet().toArray(String[]::new));
  }

  @Test
  void aReportWithoutModelsHasNone() throws Exception {
    assertThat(TextPictures.png(MadeUpTextReports.nothing())).isEmpty();
  }
}
