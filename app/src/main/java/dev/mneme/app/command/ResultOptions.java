package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.experiment.RunFolder;
import dev.mneme.experiment.StorageException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where settings come from and results go; for every command that writes a run folder.
final class ResultOptions {
  private static final DateTimeFormatter FOLDER_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Run folder to make; it must not exist yet. Default: runs/${COMMAND-NAME}-DATE-TIME.")
  private Optional<Path> output = Optional.empty();

  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE.yaml",
      description = "Read settings from a file; options given here win.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--show-config",
      description = "Print all settings as a configuration file, and end.")
  private boolean showConfig;

  @Mixin private PageOptions page = new PageOptions();

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  /// The run folder that was asked for, or one named by the command and the time.
  Path folder(Program program, String command) {
    return program
        .folder()
        .resolve(
            output.orElseGet(() ->
                Path.of(
                    "runs",
                    command + "-" + FOLDER_NAME.format(LocalDateTime.now(program.clock())))));
  }

  /// Makes a run folder.
  ///
  /// @throws UsageException where it cannot be made
  static RunFolder create(Path path) {
    try {
      return RunFolder.create(path);
    } catch (StorageException e) {
      throw new UsageException(List.of(e.problem()));
    }
  }

  PageOptions page() {
    return page;
  }

  StoreOptions store() {
    return store;
  }

  Optional<Path> config() {
    return config;
  }

  boolean showConfig() {
    return showConfig;
  }

  boolean json() {
    return json;
  }
}
