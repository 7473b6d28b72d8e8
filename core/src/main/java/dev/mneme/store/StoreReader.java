package dev.mneme.store;

import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialResult;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/// A store open for reading. Nothing that is asked of it changes the store or any other file, but
/// for the new file of an export. May be used by several threads, one at a time.
///
/// While it is open no other process can use the store.
public final class StoreReader implements AutoCloseable {
  private static final int CANDIDATES = 10;

  /// Results held at a time.
  private static final int BATCH = 500;

  private final Path file;
  private final Optional<StoreLock> lock;
  private final DuckDBConnection connection;
  private final ReentrantLock turn = new ReentrantLock();

  private StoreReader(Path file, Optional<StoreLock> lock, DuckDBConnection connection) {
    this.file = file;
    this.lock = lock;
    this.connection = connection;
  }

  /// Opens a store for reading.
  ///
  /// @param purpose what for, such as the command; the next process that wants the store is told
  /// @throws StorageException where the file is missing, is not a store or one of a version that
  ///   this Mneme does not know, or where another process has it
  public static StoreReader open(Path file, String purpose) {
    return open(file, purpose, StoreFormat.current());
  }

  static StoreReader open(Path file, String purpose, StoreFormat format) {
    try {
      Path store = StoreFile.resolve(file);
      if (!StoreFile.exists(store)) {
        throw StoreTrouble.refused(
            store,
            "which is not there",
            "a store that a run has made",
            "Name the store that was given to the run.");
      }
      Optional<StoreLock> lock = lock(store, purpose);
      boolean open = false;
      try {
        StoreFile.Version found = StoreFile.inspect(store);
        if (!StoreFile.migrations(store, found, format).isEmpty()) {
          throw StoreTrouble.toBeMigrated(store, found, format);
        }
        StoreReader reader = new StoreReader(store, lock, Database.read(store, true));
        open = true;
        return reader;
      } catch (SQLException e) {
        throw StoreTrouble.of(store, e);
      } finally {
        if (!open && lock.isPresent()) {
          lock.get().close();
        }
      }
    } catch (IOException e) {
      throw StoreTrouble.of(file, e);
    }
  }

  /// Nobody can write into a folder that may only be read, so a store in one needs no lock.
  private static Optional<StoreLock> lock(Path store, String purpose) throws IOException {
    try {
      return Optional.of(StoreLock.acquire(store, purpose));
    } catch (FileSystemException e) {
      if (e instanceof AccessDeniedException
          || String.valueOf(e.getReason())
              .toLowerCase(java.util.Locale.ROOT)
              .contains("read-only")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// The file, without symbolic links.
  public Path file() {
    return file;
  }

  /// The results kept under these identities, by identity; those without a result are left out.
  public Map<String, TrialResult> find(Collection<String> ids) {
    return ask(() -> StoredTrials.find(connection, ids));
  }

  /// Gives trials one by one, without holding them all in memory.
  ///
  /// @param rows must not use this reader
  public void list(TrialFilter filter, Consumer<TrialRow> rows) {
    ask(() -> {
      TrialListing.list(connection, filter, rows);
      return true;
    });
  }

  /// Gives results one by one, in the order of the filter, with only a part of them in memory at a
  /// time, since each comes with its learning curve.
  ///
  /// @param results may use this reader
  public void results(TrialFilter filter, Consumer<TrialResult> results) {
    List<String> ids = new ArrayList<>();
    list(filter, row -> ids.add(row.id()));
    for (int start = 0; start < ids.size(); start += BATCH) {
      List<String> batch = ids.subList(start, Math.min(ids.size(), start + BATCH));
      Map<String, TrialResult> found = find(batch);
      batch.stream().filter(found::containsKey).map(found::get).forEach(results);
    }
  }

  /// One trial.
  ///
  /// @param prefix its identity or as much of its beginning as no other has
  /// @throws InvalidConfigurationException where no trial has this beginning, or several have
  public StoredTrial show(String prefix) {
    return ask(() -> {
      String id = resolve(prefix);
      TrialResult result = StoredTrials.find(connection, List.of(id)).values().iterator().next();
      return new StoredTrial(
          result,
          StoredTrials.experiments(connection, id),
          StoredTrials.scoreCount(connection, id, StoredTrials.TRAINING),
          StoredTrials.scoreCount(connection, id, StoredTrials.FRESH));
    });
  }

  /// The scores of single sequences of one trial; empty where none were kept.
  ///
  /// @param prefix as for [#show]
  public Optional<SampleScores> scores(String prefix) {
    return ask(() -> StoredTrials.scores(connection, resolve(prefix)));
  }

  private String resolve(String prefix) throws SQLException {
    List<String> ids = StoredTrials.beginningWith(connection, prefix, CANDIDATES + 1);
    if (ids.size() == 1 || ids.contains(prefix)) {
      return ids.getFirst();
    }
    if (ids.isEmpty()) {
      throw mistake(
          prefix,
          "the identity of a trial in this store, or its beginning",
          "List what is there with: mneme ls");
    }
    throw mistake(
        prefix
            + ", with which "
            + (ids.size() > CANDIDATES ? "many" : ids.size())
            + " trials begin",
        "as much of an identity as fits one trial",
        "Candidates: "
            + String.join(", ", ids.subList(0, Math.min(ids.size(), CANDIDATES)))
            + (ids.size() > CANDIDATES ? ", ..." : ""));
  }

  private static InvalidConfigurationException mistake(String given, String expected, String hint) {
    return new InvalidConfigurationException(List.of(new Problem("trial", given, expected, hint)));
  }

  /// The experiments, in alphabetical order.
  public List<StoredExperiment> experiments() {
    return ask(() -> Experiments.all(connection));
  }

  /// The identities of the trials that an experiment asks for, in its order; empty for an unknown
  /// name.
  public List<String> trials(String experiment) {
    return ask(() -> Experiments.members(connection, experiment));
  }

  /// Runs SQL of a user's. Of several statements the last one's rows are given. Whatever it says,
  /// it can neither change the store nor open any other file.
  ///
  /// @param rows must not use this reader
  /// @throws QueryException with DuckDB's message where DuckDB refuses it
  public void query(String sql, QueryRows rows) {
    ask(() -> {
      new Query(file, connection).run(sql, rows);
      return true;
    });
  }

  /// Writes a whole table or view into a new file.
  ///
  /// @param table its name, such as `trials`
  /// @return number of rows
  /// @throws InvalidConfigurationException for an unknown table
  /// @throws StorageException where the file is there already or cannot be written
  public long exportTable(String table, ExportFormat format, Path output) {
    return ask(() -> new Export(file, connection).table(table, format, output));
  }

  /// Writes what a query gives into a new file.
  ///
  /// @param sql one `SELECT`
  /// @return number of rows
  /// @throws QueryException with DuckDB's message where DuckDB refuses it, or where it is something
  ///   else
  /// @throws StorageException where the file is there already or cannot be written
  public long exportQuery(String sql, ExportFormat format, Path output) {
    return ask(() -> new Export(file, connection).query(sql, format, output));
  }

  /// A question to the database.
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("rows are given one by one: take them before asking more");
    }
    turn.lock();
    try {
      return question.ask();
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    } finally {
      turn.unlock();
    }
  }

  /// Gives the store free. Does nothing the second time.
  @Override
  public void close() {
    turn.lock();
    try {
      connection.close();
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    } catch (IOException e) {
      throw StoreTrouble.of(file, e);
    } finally {
      turn.unlock();
    }
  }
}
