import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Runs google-java-format over folders: `FormatJava (check|apply) FOLDER...`. The build starts it
/// from source on the toolchain's JDK. `check` changes nothing and fails where a file would change.
public final class FormatJava {
  private FormatJava() {}

  public static void main(String[] arguments) throws IOException {
    boolean check = arguments[0].equals("check");
    List<String> files = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      Path folder = Path.of(arguments[i]);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> found = Files.walk(folder)) {
        found
            .map(Path::toString)
            .filter(name -> name.endsWith(".java"))
            .sorted()
            .forEach(files::add);
      }
    }
    if (files.isEmpty()) {
      System.err.println("found no Java files to format: is this the root of the checkout?");
      System.exit(1);
    }
    List<String> options = new ArrayList<>();
    options.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
    options.addAll(files);
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    int status = formatter.run(System.err, System.err, options.toArray(String[]::new));
    if (status != 0) {
      System.err.println("Not formatted: the files above. Run: mvn -Pformat validate");
      System.exit(1);
    }
  }
}
