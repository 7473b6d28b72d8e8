package dev.mneme.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A second Java process that runs a program of these tests, which talks through lines of text.
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /// Starts a program. Its error output goes to ours.
  ///
  /// @param wrapper what to start Java with, such as `setpriv` and its options; may be empty
  static ChildProcess start(List<String> wrapper, Class<?> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(classPath(program));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Ours, whether it came as class path or as module path.
  private static String classPath(Class<?> program) {
    try {
      return String.join(
          File.pathSeparator,
          Stream.of(
                  Path.of(program.getProtectionDomain().getCodeSource().getLocation().toURI())
                      .toString(),
                  System.getProperty("jdk.module.path", ""),
                  System.getProperty("java.class.path", ""))
              .filter(part -> !part.isEmpty())
              .toList());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The next line; empty text at the end.
  String line() throws IOException {
    String line = output.readLine();
    return line == null ? "" : line;
  }

  /// All lines that are still to come.
  List<String> lines() {
    return output.lines().toList();
  }

  /// Writes a line to the program's input.
  void say(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
  }

  long pid() {
    return process.pid();
  }

  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  /// Ends it at once, as `kill -9` does.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
