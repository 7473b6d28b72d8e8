package dev.mneme.app.command;

import dev.mneme.app.chart.TextPictures;
import dev.mneme.experiment.RunFolder;
import dev.mneme.text.TextReport;
import java.io.IOException;

/// The pictures of a study on text in its folder, each as PNG and as SVG.
final class TextPictureFiles {
  private TextPictureFiles() {}

  static void write(TextReport report, RunFolder folder) throws IOException {
    TextPictures.png(report).forEach((name, bytes) -> folder.write(name + ".png", bytes));
    TextPictures.svg(report).forEach((name, bytes) -> folder.write(name + ".svg", bytes));
  }
}
