package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.experiment.Experiment;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialCheckpoints;
import dev.mneme.store.ExperimentRecord;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// Where results are kept; for every command that reads or writes them.
final class StoreOptions {
  /// Unless told otherwise, where the program is started.
  static final Path DEFAULT = Path.of("runs", "mneme.duckdb");

  private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "DuckDB file that keeps all results. Default: runs/mneme.duckdb.")
  private Optional<Path> store = Optional.empty();

  /// The file.
  Path file(Program program) {
    return program.folder().resolve(store.orElse(DEFAULT));
  }

  /// The folder of the checkpoints that belong to the file.
  Path checkpoints(Program program) {
    Path file = file(program);
    return file.resolveSibling(file.getFileName() + ".checkpoints");
  }

  /// Those checkpoints, as a run keeps them that does not ask for another interval.
  TrialCheckpoints trialCheckpoints(Program program) {
    return new TrialCheckpoints(checkpoints(program), CHECKPOINT_EVERY);
  }

  /// Opens the file, making it where it is missing.
  ///
  /// @param purpose what for, told to others who want it at the same time
  TrialStore open(Program program, String purpose) {
    return refusedAsMistake(() -> TrialStore.open(file(program), purpose));
  }

  /// Opens a file that must be there, for reading.
  StoreReader read(Program program, String purpose) {
    return refusedAsMistake(() -> StoreReader.open(file(program), purpose));
  }

  /// An experiment as the store keeps it.
  static ExperimentRecord record(Experiment experiment) {
    return new ExperimentRecord(
        experiment.name(),
        experiment.kind().name().toLowerCase(Locale.ROOT),
        experiment.description(),
        experiment.configuration());
  }

  /// Nothing has been done yet where a store cannot be opened, so nothing can be lost.
  private static <T> T refusedAsMistake(Supplier<T> opening) {
    try {
      return opening.get();
    } catch (StorageException e) {
      throw new UsageException(List.of(e.problem()));
    }
  }
}
