package dev.mneme.store;

import dev.mneme.experiment.MnemeVersion;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialArchive;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.model.checkpoint.AtomicFiles;
import dev.mneme.unit.CodeLengths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// A store open for writing. May be used by several threads. While it is open no other process can
/// use the store, see [#open].
///
/// Every change is one transaction. DuckDB forces the transaction's entry in its write-ahead log to
/// the disk before it reports a commit, and the log's name is forced to the disk after that; so
/// what a method of this class was given is durable when the method returns. A process that is
/// killed leaves a log (`<store>.wal`) that the next one to open the store takes up; a torn last
/// entry, which belongs to a call that never returned, is dropped. [#close] folds the log into the
/// store.
public final class TrialStore implements TrialArchive, AutoCloseable {
  private final Path file;
  private final StoreLock lock;
  private final DuckDBConnection connection;
  private final TrialColumns columns = new TrialColumns();
  private final ReentrantLock turn = new ReentrantLock();

  private TrialStore(Path file, StoreLock lock, DuckDBConnection connection) {
    this.file = file;
    this.lock = lock;
    this.connection = connection;
  }

  /// Opens a store for writing. Where the file is missing, a new store is made, and the folders
  /// above it.
  ///
  /// @param purpose what for, such as the command; the next process that wants the store is told
  /// @throws StorageException where another process has the store, where the file is something else
  ///   or of a version that this Mneme does not know, or where it cannot be written; it is then
  ///   left as it was
  public static TrialStore open(Path file, String purpose) {
    return open(file, purpose, StoreFormat.current());
  }

  /// Opens a store for reading, see [StoreReader].
  ///
  /// @param purpose what for, such as the command; the next process that wants the store is told
  /// @throws StorageException as [#open] does, and where the file is missing
  public static StoreReader openExisting(Path file, String purpose) {
    return StoreReader.open(file, purpose);
  }

  static TrialStore open(Path file, String purpose, StoreFormat format) {
    try {
      Path store = StoreFile.resolve(file);
      Path parent = store.getParent();
      if (parent == null) {
        throw StoreTrouble.refused(store, "a folder", "a file", "Name a file.");
      }
      Files.createDirectories(parent);
      StoreLock lock = StoreLock.acquire(store, purpose);
      boolean open = false;
      try {
        TrialStore opened = open(store, lock, format);
        open = true;
        return opened;
      } finally {
        if (!open) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw StoreTrouble.of(file, e);
    }
  }

  private static TrialStore open(Path file, StoreLock lock, StoreFormat format) throws IOException {
    if (!StoreFile.exists(file)) {
      StoreFile.create(file, format);
    }
    StoreFile.Version found = StoreFile.inspect(file);
    List<StoreFormat.Migration> migrations = StoreFile.migrations(file, found, format);
    if (!Files.isWritable(file)) {
      throw StoreTrouble.refused(
          file,
          "which may only be read",
          "a file that can be written",
          "Check its permissions, or use another file.");
    }
    try {
      DuckDBConnection connection = Database.write(file);
      TrialStore store = new TrialStore(file, lock, connection);
      boolean ready = false;
      try {
        connection.setAutoCommit(false);
        if (!migrations.isEmpty()) {
          store.change(() -> store.migrate(migrations, format.version()));
        }
        ready = true;
        return store;
      } finally {
        if (!ready) {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    }
  }

  private void migrate(List<StoreFormat.Migration> migrations, int version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (StoreFormat.Migration migration : migrations) {
        statement.execute(migration.sql());
      }
      statement.execute(
          "UPDATE store_format SET version = "
              + version
              + ", written_by = "
              + Database.quote(MnemeVersion.read()));
    }
  }

  /// The file, without symbolic links.
  public Path file() {
    return file;
  }

  /// {@inheritDoc}
  ///
  /// @throws StorageException where the store cannot be read
  @Override
  public Map<String, TrialResult> find(Collection<String> ids) {
    return read(() -> StoredTrials.find(connection, ids));
  }

  /// {@inheritDoc}
  ///
  /// A trial's row, its curve and its scores come together or not at all. What comes after a
  /// finished result of the same trial is left out whole.
  ///
  /// @throws StorageException where the outcome cannot be kept, such as on a full disk; everything
  ///   kept before is safe
  @Override
  public void keep(TrialOutcome outcome) {
    TrialResult result = outcome.result();
    change(() -> {
      Optional<TrialStatus> before = StoredTrials.status(connection, result.id());
      if (before.equals(Optional.of(TrialStatus.FINISHED))) {
        return;
      }
      if (before.isPresent()) {
        delete(result.id());
      }
      try (PreparedStatement insertion = connection.prepareStatement(columns.insertion())) {
        columns.bind(insertion, result);
        insertion.executeUpdate();
      }
      if (result instanceof TrialResult.Finished finished) {
        appendCurve(finished);
        if (outcome.scores().isPresent()) {
          appendScores(finished.id(), outcome.scores().get());
        }
      }
    });
  }

  private void delete(String id) throws SQLException {
    try (PreparedStatement deletion =
        connection.prepareStatement("DELETE FROM trials WHERE id = ?")) {
      deletion.setString(1, id);
      deletion.executeUpdate();
    }
  }

  private void appendCurve(TrialResult.Finished trial) throws SQLException {
    long parameters = trial.specification().model().parameterCount().total();
    try (DuckDBAppender rows =
        connection.createAppender(Database.CATALOG, "main", "curve_points")) {
      for (var point : trial.curve()) {
        rows.beginRow();
        rows.append(trial.id());
        rows.append(point.step());
        rows.append(point.net().value());
        rows.append(point.net().per(parameters).value());
        rows.endRow();
      }
    }
  }

  private void appendScores(String trial, SampleScores scores) throws SQLException {
    try (DuckDBAppender rows =
        connection.createAppender(Database.CATALOG, "main", "sample_scores")) {
      append(rows, trial, StoredTrials.TRAINING, scores.training());
      append(rows, trial, StoredTrials.FRESH, scores.fresh());
    }
  }

  private static void append(DuckDBAppender rows, String trial, String data, CodeLengths lengths)
      throws SQLException {
    for (int sample = 0; sample < lengths.count(); sample++) {
      rows.beginRow();
      rows.append(trial);
      rows.append(data);
      rows.append(sample);
      rows.append(lengths.bits(sample));
      rows.endRow();
    }
  }

  /// What [#register] found under an experiment's name.
  public enum Registration {
    /// Nothing.
    NEW,
    /// The same record and the same trials.
    SAME,
    /// Another record or other trials, which are now replaced.
    REPLACED
  }

  /// Writes down an experiment and which trials it asks for, whether they have run or not. The name
  /// stands for the experiment as it was run last: an earlier record and an earlier list are
  /// replaced. Trials themselves always stay, with their own specification.
  ///
  /// @param trials identities, in the experiment's order; a search may begin with none and use
  ///   [#addTrial]
  public Registration register(ExperimentRecord experiment, List<String> trials) {
    return Experiments.register(this, experiment, trials);
  }

  /// Adds a trial to the end of a registered experiment, unless it is there already.
  ///
  /// @throws IllegalArgumentException where no experiment has this name
  public void addTrial(String experiment, String trial) {
    Experiments.addTrial(this, experiment, trial);
  }

  DuckDBConnection connection() {
    return connection;
  }

  /// Work on the database.
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  /// A question to the database.
  @FunctionalInterface
  interface Question<T> {
    T ask() throws SQLException;
  }

  /// Runs work as one transaction, durable on return.
  void change(Work work) {
    turn.lock();
    try {
      boolean done = false;
      try {
        work.run();
        connection.commit();
        done = true;
      } finally {
        if (!done) {
          rollBack();
        }
      }
      // DuckDB forces its log's content but not its name, which is new after every folding
      AtomicFiles.forceFolder(file.resolveSibling("."));
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    } catch (IOException e) {
      throw StoreTrouble.of(file, e);
    } finally {
      turn.unlock();
    }
  }

  <T> T read(Question<T> question) {
    turn.lock();
    try {
      try {
        return question.ask();
      } finally {
        rollBack(); // ends the transaction
      }
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    } finally {
      turn.unlock();
    }
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // What went wrong before says why. DuckDB then refuses every further use of this connection.
    }
  }

  /// Folds the log into the store and gives the store free. Does nothing the second time.
  ///
  /// @throws StorageException where the log could not be folded, such as on a full disk; nothing is
  ///   lost, the log stays and is taken up next time
  @Override
  public void close() {
    turn.lock();
    try (lock) {
      if (!connection.isClosed()) {
        try (connection) {
          fold();
        }
      }
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    } catch (IOException e) {
      throw StoreTrouble.of(file, e);
    } finally {
      turn.unlock();
    }
  }

  private void fold() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement();
        ResultSet done = statement.executeQuery("CHECKPOINT store")) {
      done.next();
    }
  }
}
