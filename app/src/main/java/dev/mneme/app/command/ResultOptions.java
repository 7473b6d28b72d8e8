package dev.mneme.app.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where settings come from and results go; for every command that writes a run folder.
final class ResultOptions {
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

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  Optional<Path> output() {
    return output;
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
