package dev.mneme.store;

import dev.mneme.model.checkpoint.AtomicFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/// A store attached for writing, with its lock. One thread at a time has its turn.
final class StoreSession implements AutoCloseable {
  private final Path file;
  private final StoreLock lock;
  private final DuckDBConnection connection;
  private final ReentrantLock turn = new ReentrantLock();

  /// @param lock of the same store; closed with this session
  StoreSession(Path file, StoreLock lock) throws SQLException {
    this.file = file;
    this.lock = lock;
    this.connection = Database.write(file);
    connection.setAutoCommit(false);
  }

  Path file() {
    return file;
  }

  /// To be used inside [#change] and [#read] only.
  DuckDBConnection connection() {
    return connection;
  }

  /// Work on the database.
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /// Runs work as one transaction, which is durable on return.
  ///
  /// @throws dev.mneme.experiment.StorageException where it failed; nothing of it is kept
  <T> T change(Work<T> work) {
    turn.lock();
    try {
      T result;
      boolean done = false;
      try {
        result = work.run();
        connection.commit();
        done = true;
      } finally {
        if (!done) {
          rollBack();
        }
      }
      forceNames();
      return result;
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    } catch (IOException e) {
      throw StoreTrouble.of(file, e);
    } finally {
      turn.unlock();
    }
  }

  /// DuckDB forces the content of its log, but not the log's name, which is new after each folding.
  /// A thread that is told to stop in the meantime does this to the end, since its work is done.
  private void forceNames() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          AtomicFiles.forceFolder(StoreFile.folder(file));
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Runs work that changes nothing.
  ///
  /// @throws dev.mneme.experiment.StorageException where it failed
  <T> T read(Work<T> work) {
    turn.lock();
    try {
      try {
        return work.run();
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
  /// @throws dev.mneme.experiment.StorageException where the log could not be folded; nothing is
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
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT store");
    }
  }
}
