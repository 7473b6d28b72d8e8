package dev.mneme.app.command;

import dev.mneme.experiment.RunFolder;
import dev.mneme.text.TextReport;

final class TextPictureFiles {
  private TextPictureFiles() {}

  static void write(TextReport report, RunFolder folder) {}
}
