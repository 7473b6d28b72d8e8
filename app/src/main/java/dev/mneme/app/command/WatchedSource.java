package dev.mneme.app.command;

import dev.mneme.app.html.Report;
import dev.mneme.app.html.RunReport;
import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.RunFolder;
import dev.mneme.store.StoreSnapshot;
import dev.mneme.store.StoredExperiment;
import dev.mneme.store.TrialFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// What `mneme watch` looks at, while something else writes it.
sealed interface WatchedSource {
  /// A report and how far the run is.
  ///
  /// @param state in a few words
  record Seen(Report report, String state) {}

  /// Differs from the last one where something was written since.
  Object mark();

  /// Reads it as it is now.
  ///
  /// @throws dev.mneme.experiment.StorageException where that cannot be done
  /// @throws dev.mneme.app.config.UsageException where it is something else
  Seen read();

  /// The folder of a run.
  ///
  /// @param name what the reader calls it
  record Run(Path folder, String name) implements WatchedSource {
    @Override
    public Object mark() {
      return List.of(
          bytes(folder.resolve(RunFolder.REPORT)), bytes(folder.resolve(RunFolder.TRIALS)));
    }

    /// Neither file is ever changed but by growing.
    private static long bytes(Path file) {
      try {
        return Files.size(file);
      } catch (IOException e) {
        return -1; // not there yet
      }
    }

    @Override
    public Seen read() {
      boolean ended = Files.exists(folder.resolve(RunFolder.REPORT));
      return new Seen(
          RunReport.read(folder, name), ended ? "This run has ended" : "Following a running study");
    }
  }

  /// A store, which need not be there yet.
  ///
  /// @param experiment only its trials
  record Store(Path file, String name, Optional<String> experiment) implements WatchedSource {
    @Override
    public Object mark() {
      return StoreSnapshot.mark(file);
    }

    @Override
    public Seen read() {
      if (!Files.exists(file)) {
        return new Seen(
            new Report(
                "Nothing to show yet",
                name,
                "",
                List.of(),
                List.of("The store is not there yet; the first run makes it."),
                List.of()),
            "Waiting for the first trial");
      }
      try (StoreSnapshot snapshot = StoreSnapshot.take(file)) {
        List<StoredExperiment> all = snapshot.reader().experiments();
        experiment.ifPresent(wanted -> LsCommand.requireExperiment(all, wanted));
        TrialFilter filter = ReportedStore.filter(experiment);
        AtomicLong trials = new AtomicLong();
        snapshot.reader().list(filter, row -> trials.incrementAndGet());
        Report report =
            ReportedStore.report(snapshot.reader(), ReportedStore.name(name, experiment), filter);
        return new Seen(report, state(all, trials.get()));
      }
    }

    private String state(List<StoredExperiment> all, long trials) {
      return experiment
          .flatMap(wanted ->
              all.stream().filter(one -> one.experiment().name().equals(wanted)).findFirst())
          .map(one ->
              "Live: "
                  + Numbers.count(one.finished() + one.diverged() + one.failed())
                  + " of "
                  + Numbers.plural(one.trials(), "trial")
                  + " have ended")
          .orElseGet(() -> "Live: " + Numbers.plural(trials, "trial") + " in this store");
    }
  }
}
