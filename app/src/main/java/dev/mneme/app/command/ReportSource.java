package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a report is made of: the folder of a run, or a store or one experiment of it.
final class ReportSource {
  @Parameters(
      arity = "0..1",
      paramLabel = "RUN or STORE",
      description =
          "Folder of a run, or DuckDB file of a store. Default: the store runs/mneme.duckdb.")
  private Optional<Path> source = Optional.empty();

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "Of a store, only trials that this experiment asks for.")
  private Optional<String> experiment = Optional.empty();

  /// As the user wrote it.
  Path given() {
    return source.orElse(StoreOptions.DEFAULT);
  }

  /// Where it is.
  Path path(Program program) {
    return program.folder().resolve(given());
  }

  /// What the report calls it.
  String name() {
    return String.valueOf(given().getFileName());
  }

  Optional<String> experiment() {
    return experiment;
  }

  /// What is wrong with an experiment that was named where the source is the folder of a run.
  Optional<Problem> experimentOfARun() {
    return experiment.map(name ->
        new Problem(
            "--experiment",
            name,
            "a store, whose experiments have names",
            "Leave it out: the folder of a run holds that run alone."));
  }
}
