package dev.mneme.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What [Provenance] says about program and machine. Information only: nothing depends on it.
///
/// @param mnemeVersion version of this library
/// @param java runtime name and version
/// @param operatingSystem name, version and architecture
/// @param processor model name and number of processors seen
record MachineFacts(String mnemeVersion, String java, String operatingSystem, String processor) {
  private static final Path PROCESSOR_FACTS =
      Path.of("/proc/cpuinfo"); // Linux; other systems name the architecture

  /// Reads them.
  static MachineFacts read() {
    return new MachineFacts(
        MnemeVersion.read(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        processorName() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
  }

  private static String processorName() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(PROCESSOR_FACTS)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(PROCESSOR_FACTS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException | java.io.UncheckedIOException e) {
      return architecture; // a missing name is no reason to lose a result
    }
  }
}
