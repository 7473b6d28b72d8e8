package dev.mneme.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A second Java process that runs [StoreProgram].
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildProcess start(String... arguments) throws IOException {
    return start(List.of(), List.of(), arguments);
  }

  /// Starts the program; its error output goes to ours.
  ///
  /// @param wrapper what to start Java with, such as `setpriv` and its options; may be empty
  /// @param options further ones of Java
  static ChildProcess start(List<String> wrapper, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dstdout.encoding=UTF-8");
    command.addAll(options);
    command.add("-cp");
    command.add(classPath());
    command.add(StoreProgram.class.getName());
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Ours, whether it came as class path or as module path.
  private static String classPath() {
    try {
      return String.join(
          File.pathSeparator,
          Stream.of(
                  Path.of(
                          StoreProgram.class
                              .getProtectionDomain()
                              .getCodeSource()
                              .getLocation()
                              .toURI())
                      .toString(),
                  System.getProperty("jdk.module.path", ""),
                  System.getProperty("java.class.path", ""))
              .filter(part -> !part.isEmpty())
              .toList());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The next line; empty at the end.
  String line() throws IOException {
    String line = output.readLine();
    return line == null ? "" : line;
  }

  /// All lines that are still to come.
  List<String> lines() {
    return output.lines().toList();
  }

  /// Lets the program go on where it waits.
  void goOn() throws IOException {
    Writer input = process.outputWriter(StandardCharsets.UTF_8);
    input.write("\n");
    input.flush();
  }

  long pid() {
    return process.pid();
  }

  /// Ends it at once, as `kill -9` does. What it printed can still be read.
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly(); // the process's own method would close its output
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
