package dev.mneme.store;

import dev.mneme.experiment.MnemeVersion;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialArchive;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A store open for writing. May be used by several threads. While it is open no other process can
/// use the store.
///
/// Every change is one transaction. DuckDB forces the transaction's entry in its write-ahead log to
/// the disk before it reports a commit (seen with strace: one `fsync` of the log for every commit,
/// before it returns), and the log's name is forced after that; so what a method of this class was
/// given is durable when the method returns. A process that is killed leaves a log (`<store>.wal`)
/// that the next one to open the store takes up; a torn last entry, which belongs to a call that
/// never returned, is dropped. [#close] folds the log into the store.
public final class TrialStore implements TrialArchive, AutoCloseable {
  private final StoreSession session;
  private final TrialWriter writer;
  private long lastNumber;

  private TrialStore(StoreSession session) throws SQLException {
    this.session = session;
    this.writer = new TrialWriter(session.connection());
    this.lastNumber = writer.lastNumber();
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
      Files.createDirectories(StoreFile.folder(store));
      StoreLock lock = StoreLock.acquire(store, purpose);
      boolean open = false;
      try {
        TrialStore opened = open(store, lock, format);
        open = true;
        return opened;
      } catch (SQLException e) {
        throw StoreTrouble.of(store, e);
      } finally {
        if (!open) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw StoreTrouble.of(file, e);
    }
  }

  private static TrialStore open(Path file, StoreLock lock, StoreFormat format)
      throws IOException, SQLException {
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
    StoreSession session = new StoreSession(file, lock);
    boolean ready = false;
    try {
      if (!migrations.isEmpty()) {
        migrate(session, migrations, format.version());
      }
      TrialStore store = new TrialStore(session);
      ready = true;
      return store;
    } finally {
      if (!ready) {
        session.close();
      }
    }
  }

  private static void migrate(
      StoreSession session, List<StoreFormat.Migration> migrations, int version) {
    session.change(() -> {
      try (Statement statement = session.connection().createStatement()) {
        for (StoreFormat.Migration migration : migrations) {
          statement.execute(migration.sql());
        }
        return statement.execute(
            "UPDATE store_format SET version = "
                + version
                + ", written_by = "
                + Database.quote(MnemeVersion.read()));
      }
    });
  }

  /// The file, without symbolic links.
  public Path file() {
    return session.file();
  }

  /// {@inheritDoc}
  ///
  /// @throws StorageException where the store cannot be read
  @Override
  public Map<String, TrialResult> find(Collection<String> ids) {
    return session.read(() -> StoredTrials.find(session.connection(), ids));
  }

  /// The scores of single sequences of one trial; empty where none were kept.
  ///
  /// @param id its whole identity
  public Optional<SampleScores> scores(String id) {
    return session.read(() -> StoredTrials.scores(session.connection(), id));
  }

  /// The most bits that a model of this shape was seen to hold of random tokens: the largest mean
  /// over seeds of all finished trials, whatever their budget; a lower bound on its capacity. Empty
  /// where there is no such trial.
  ///
  /// @param precision of the trials, such as `fp32`; others hold more or less
  public Optional<Bits> largestCapacity(GptConfig model, String precision) {
    return session.read(() -> StoredTrials.largestCapacity(session.connection(), model, precision));
  }

  /// {@inheritDoc}
  ///
  /// A trial's row, its curve and its scores come together or not at all. What comes after a
  /// finished result of the same trial is left out whole.
  ///
  /// @throws StorageException where the outcome cannot be kept, such as on a full disk; everything
  ///   kept before is safe
  @Override
  public synchronized void keep(TrialOutcome outcome) {
    if (session.change(() -> writer.write(outcome, lastNumber + 1))) {
      lastNumber++;
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
    return session.change(() -> Experiments.register(session.connection(), experiment, trials));
  }

  /// Adds a trial to the end of a registered experiment, unless it is there already.
  ///
  /// @throws IllegalArgumentException where no experiment has this name
  public void addTrial(String experiment, String trial) {
    session.change(() -> Experiments.addTrial(session.connection(), experiment, trial));
  }

  /// Folds the log into the store and gives the store free. Does nothing the second time.
  ///
  /// @throws StorageException where the log could not be folded, such as on a full disk; nothing is
  ///   lost, the log stays and is taken up next time
  @Override
  public void close() {
    session.close();
  }
}
