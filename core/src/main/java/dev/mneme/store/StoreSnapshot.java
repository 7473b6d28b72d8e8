package dev.mneme.store;

import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/// A store as it was a moment ago, while another process may go on writing it.
///
/// The file and its log are copied into a temporary folder and the copy is opened, since DuckDB
/// lets nobody else open a file that is being written. The store itself is only read as bytes: no
/// lock is taken, and its writer notices nothing. Not to be used in the writer's own process, where
/// closing the file would drop DuckDB's lock on it.
public final class StoreSnapshot implements AutoCloseable {
  private static final int ATTEMPTS = 8;
  private static final long PAUSE_MILLIS = 40;

  private final Path folder;
  private final StoreReader reader;

  private StoreSnapshot(Path folder, StoreReader reader) {
    this.folder = folder;
    this.reader = reader;
  }

  /// What tells one state of a store from the next, without opening it: equal marks mean that
  /// nothing was written in between.
  ///
  /// @param files size and time of the file and of its log; empty for one that is missing
  public record Mark(List<Optional<FileMark>> files) {
    public Mark {
      files = List.copyOf(files);
    }
  }

  /// Size and time of one file.
  ///
  /// @param bytes its size
  /// @param modified when it was written last, as the file system says it
  public record FileMark(long bytes, String modified) {}

  /// The mark of a store as it is now, which may be missing.
  ///
  /// @throws StorageException where the file system gives no answer
  public static Mark mark(Path store) {
    try {
      return new Mark(List.of(markOf(store), markOf(StoreFile.log(store))));
    } catch (IOException e) {
      throw StoreTrouble.of(store, e);
    }
  }

  private static Optional<FileMark> markOf(Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new FileMark(found.size(), found.lastModifiedTime().toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Takes a snapshot. A copy that was torn because the writer wrote meanwhile is made again, a few
  /// times.
  ///
  /// @param store the file
  /// @throws StorageException as [StoreReader#open] does but for processes that have the store, and
  ///   where there is no room for the copy
  public static StoreSnapshot take(Path store) {
    try {
      Path file = StoreFile.resolve(store);
      for (int attempt = 1; ; attempt++) {
        Path folder = Files.createTempDirectory("mneme-snapshot-");
        boolean open = false;
        try {
          StoreSnapshot snapshot = take(file, folder, attempt == ATTEMPTS);
          open = true;
          return snapshot;
        } catch (StorageException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
        } finally {
          if (!open) {
            delete(folder);
          }
        }
        Thread.sleep(PAUSE_MILLIS * attempt);
      }
    } catch (IOException e) {
      throw StoreTrouble.of(store, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while copying a store", e);
    }
  }

  private static StoreSnapshot take(Path file, Path folder, boolean last) throws IOException {
    Path copy = folder.resolve(file.getFileName());
    Mark before = mark(file);
    if (StoreFile.exists(file)) { // the reader says so where it is missing
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    try {
      Files.copy(StoreFile.log(file), StoreFile.log(copy));
    } catch (NoSuchFileException e) {
      // everything is folded in
    }
    // a writer that never pauses is no reason to give up: DuckDB's checksums find what is torn
    if (!last && !mark(file).equals(before)) {
      throw StoreTrouble.refused(
          file, "which is being written all the time", "a moment of rest", "Try again.");
    }
    try {
      return new StoreSnapshot(folder, StoreReader.open(copy, "a snapshot"));
    } catch (StorageException e) {
      Problem problem = e.problem();
      throw new StorageException(
          new Problem(
              problem.field(),
              problem.given().replace(copy.toString(), file.toString()),
              problem.expected().replace(copy.toString(), file.toString()),
              problem.hint()),
          e);
    }
  }

  /// The store as it was.
  public StoreReader reader() {
    return reader;
  }

  /// Closes and deletes the copy.
  @Override
  public void close() {
    reader.close();
    try {
      delete(folder);
    } catch (IOException e) {
      throw StoreTrouble.of(folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
