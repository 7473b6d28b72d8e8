package dev.mneme.spark;

import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The driver's side of [TaskCheckpoints]: while it is open, a file in the folder of the
/// checkpoints tells workers that they see the same files.
final class CheckpointFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

  private static final String MARKER = ".spark-";

  private final Path folder;
  private final Path marker;
  private final Duration interval;

  private CheckpointFolder(Path folder, Path marker, Duration interval) {
    this.folder = folder;
    this.marker = marker;
    this.interval = interval;
  }

  /// Opens a folder, and makes it where it is not there.
  ///
  /// @param application name of the Spark application, which no other one has
  /// @param interval least wall time between two checkpoints of a trial
  /// @throws StorageException where it cannot be written to
  static CheckpointFolder open(Path folder, String application, Duration interval) {
    Path marker = folder.resolve(MARKER + application);
    try {
      Files.createDirectories(folder);
      deleteOld(folder);
      Files.writeString(marker, "");
    } catch (IOException e) {
      throw new StorageException(
          new Problem(
              "checkpoint",
              folder + " (" + FileTrouble.phrase(e) + ")",
              "a place that can be written to",
              "Check permissions and free space."),
          e);
    }
    return new CheckpointFolder(folder, marker, interval);
  }

  /// Those of drivers that were killed: a store, and so its folder, has one driver at a time.
  private static void deleteOld(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.toList()) {
        if (String.valueOf(child.getFileName()).startsWith(MARKER)) {
          Files.delete(child);
        }
      }
    }
  }

  /// What tasks are told.
  TaskCheckpoints forTasks() {
    return new TaskCheckpoints(
        folder.toString(), String.valueOf(marker.getFileName()), interval.toNanos());
  }

  /// Takes the file away; checkpoints stay.
  @Override
  public void close() {
    try {
      Files.deleteIfExists(marker);
    } catch (IOException e) {
      LOG.warn("{} is left behind: {}", marker, FileTrouble.phrase(e));
    }
  }
}
