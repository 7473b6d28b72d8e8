package dev.mneme.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program as a process of its own, with its streams in files.
final class ProgramProcess {
  private ProgramProcess() {}

  /// Starts it in a folder; what it prints goes to `out.txt` and `err.txt` there.
  ///
  /// @param options for java, such as a memory limit
  static Process start(Path folder, List<String> options, String... arguments) throws IOException {
    List<String> command = command(options, arguments);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  /// The command line that starts it as the launcher does, from modules: what no module asks for is
  /// not there then.
  static List<String> modularCommand(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED,duckdb.jdbc",
                "--class-path",
                String.valueOf(System.getProperty("java.class.path")),
                "--module-path",
                String.valueOf(System.getProperty("jdk.module.path")),
                "--module",
                "dev.mneme.app/" + Mneme.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// The command line that starts it.
  static List<String> command(List<String> options, String... arguments) {
    List<String> path = new ArrayList<>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      String value = System.getProperty(property);
      if (value != null && !value.isBlank()) {
        path.add(value);
      }
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), Mneme.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// What a process has printed beside its results, for messages.
  static String err(Path folder) throws IOException {
    Path err = folder.resolve("err.txt");
    return Files.exists(err) ? Files.readString(err) : "";
  }
}
