package dev.mneme.app.output;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What the surrounding process offers: two streams and whether a person looks at them. Passed in,
/// so that tests can look at everything that is printed.
///
/// @param out for results
/// @param err for progress, messages and errors
/// @param outIsTerminal whether `out` is a terminal
/// @param errIsTerminal whether `err` is a terminal
/// @param environment environment variables
public record Standard(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment) {
  public Standard {
    environment = Map.copyOf(environment);
  }

  /// The streams of this process.
  public static Standard ofProcess() {
    return new Standard(System.out, System.err, isTerminal(1), isTerminal(2), System.getenv());
  }

  /// Java has no portable question for one stream alone; where the operating system shows its open
  /// files, look there, otherwise ask for both ends of the console together.
  private static boolean isTerminal(int descriptor) {
    for (String folder : new String[] {"/proc/self/fd", "/dev/fd"}) {
      try {
        String target =
            Files.readSymbolicLink(Path.of(folder, String.valueOf(descriptor))).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      } catch (java.io.IOException | RuntimeException e) {
        continue; // not this kind of system
      }
    }
    return System.console() != null && System.console().isTerminal();
  }

  /// Whether a stream can show box-drawing, braille and mathematical characters.
  public boolean canShow(PrintStream stream) {
    return stream.charset().newEncoder().canEncode("─⣿×±≤");
  }

  /// Columns of the terminal, as far as the environment tells; 60 to 120.
  public int columns() {
    try {
      return Math.clamp(Long.parseLong(environment.getOrDefault("COLUMNS", "96")), 60, 120);
    } catch (NumberFormatException e) {
      return 96;
    }
  }
}
