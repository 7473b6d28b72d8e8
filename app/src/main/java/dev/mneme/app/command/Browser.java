package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.output.Page;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The reader's browser.
final class Browser {
  private Browser() {}

  /// Shows a file in it, or says on the error stream why not.
  static void open(Path file, Program program, CommonOptions common) {
    open(file.toUri(), file.toString(), program, common);
  }

  /// Shows an address in it, or says on the error stream why not.
  static void open(URI address, Program program, CommonOptions common) {
    open(address, address.toString(), program, common);
  }

  private static void open(URI address, String name, Program program, CommonOptions common) {
    if (!throughJava(address) && !throughTheDesktop(address, program.standard().environment())) {
      Page note = common.errPage(program.standard());
      note.line("No browser could be started here; open " + name + " yourself.");
      note.printTo(program.standard().err());
    }
  }

  private static boolean throughJava(URI address) {
    try {
      if (GraphicsEnvironment.isHeadless()
          || !Desktop.isDesktopSupported()
          || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
        return false;
      }
      Desktop.getDesktop().browse(address);
      return true;
    } catch (IOException | RuntimeException | LinkageError e) {
      return false; // a Java without a desktop, or a desktop without a browser
    }
  }

  /// Where Java has no desktop of its own, as in a Java made for servers.
  private static boolean throughTheDesktop(URI address, Map<String, String> environment) {
    if (environment.getOrDefault("DISPLAY", "").isEmpty()
        && environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty()) {
      return false;
    }
    Optional<Path> opener =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, "xdg-open"))
            .filter(Files::isExecutable)
            .findFirst();
    if (opener.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(opener.get().toString(), address.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
