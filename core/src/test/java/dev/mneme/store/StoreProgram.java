package dev.mneme.store;

import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What the tests run in processes of their own. Prints `ready` and waits for a line before it goes
/// to work. Trouble with the store is printed as `trouble` and the three parts of the problem.
final class StoreProgram {
  static final String READY = "ready";
  static final String TROUBLE = "trouble";
  static final String DONE = "done";

  private StoreProgram() {}

  /// - `hold FILE PURPOSE`: opens the store, and waits with it open
  /// - `keep FILE FIRST SCORES`: opens the store, waits, and keeps trials numbered from FIRST, each
  ///   with SCORES scores, until it is stopped or there is trouble. Each fails first and then
  ///   finishes; prints its number when both are kept
  /// - `read FILE`: opens the store for reading, waits, and prints how many trials it has
  /// - `create FILE OTHER`: opens and closes another store, waits, and opens the store
  /// - `attach FILE`: opens the file in DuckDB without Mneme's lock, as other programs do, and
  ///   waits
  /// - `export FILE OUTPUT`: opens the store, waits, and exports all scores
  public static void main(String[] arguments) throws IOException, SQLException {
    Path file = Path.of(arguments[1]);
    try {
      switch (arguments[0]) {
        case "hold" -> {
          try (TrialStore store = TrialStore.open(file, arguments[2])) {
            await();
          }
        }
        case "keep" -> {
          try (TrialStore store = TrialStore.open(file, "keep")) {
            await();
            keep(store, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
          }
        }
        case "read" -> {
          try (StoreReader store = TrialStore.openExisting(file, "read")) {
            await();
            AtomicInteger count = new AtomicInteger();
            store.list(TrialFilter.ALL, row -> count.incrementAndGet());
            System.out.println(count);
          }
        }
        case "create" -> {
          Path other = Path.of(arguments[2]);
          TrialStore.open(other, "load").close();
          await();
          TrialStore.open(file, "create").close();
        }
        case "attach" -> {
          try (Connection connection = Database.write(file)) {
            await();
          }
        }
        case "export" -> {
          try (StoreReader store = TrialStore.openExisting(file, "export")) {
            await();
            store.exportTable("sample_scores", ExportFormat.CSV, Path.of(arguments[2]));
          }
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (StorageException e) {
      Problem problem = e.problem();
      System.out.println(TROUBLE);
      System.out.println(problem.given());
      System.out.println(problem.expected());
      System.out.println(problem.hint());
      return;
    }
    System.out.println(DONE);
  }

  private static void await() throws IOException {
    System.out.println(READY);
    while (System.in.read() > ' ') {
      // the rest of the line, or the end
    }
  }

  private static void keep(TrialStore store, int first, int scores) {
    for (int i = first; ; i++) {
      store.keep(TrialOutcome.of(MadeUpTrials.failed(i)));
      store.keep(
          new TrialOutcome(MadeUpTrials.finished(i), Optional.of(MadeUpTrials.scores(i, scores))));
      System.out.println(i);
    }
  }
}
