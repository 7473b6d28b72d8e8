package dev.mneme.app.command;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/// The reader's browser.
final class Browser {
  private Browser() {}

  /// Shows a file in it.
  ///
  /// @return whether one was started
  static boolean open(Path file) {
    if (GraphicsEnvironment.isHeadless()
        || !Desktop.isDesktopSupported()
        || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
      return false;
    }
    try {
      Desktop.getDesktop().browse(file.toUri());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
