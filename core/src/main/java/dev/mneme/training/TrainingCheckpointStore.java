package dev.mneme.training;

import dev.mneme.model.checkpoint.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the newest checkpoint of one training in a folder, as `step-000000000123`. The one before
/// is deleted only once the new one is complete and on the disk, so at every moment one is whole.
/// Deletes nothing that it did not write or read itself. Not thread-safe.
public final class TrainingCheckpointStore {
  private static final Pattern NAME = Pattern.compile("step-(\\d{12})");

  private final Path folder;
  private Optional<Path> newest = Optional.empty();

  /// @param folder made when first needed
  public TrainingCheckpointStore(Path folder) {
    this.folder = folder;
  }

  /// Writes a checkpoint, then deletes the one before.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException where there is one of that step
  public void save(TrainingCheckpoint checkpoint) throws IOException {
    Path path = folder.resolve("step-%012d".formatted(checkpoint.step()));
    TrainingCheckpointFiles.write(path, checkpoint);
    if (newest.isPresent()) {
      AtomicFiles.deleteFolder(newest.get());
    }
    newest = Optional.of(path);
  }

  /// A schedule that keeps checkpoints here.
  ///
  /// @param everySteps at least 1
  public Checkpointing every(long everySteps) {
    return Checkpointing.every(
        everySteps,
        checkpoint -> {
          try {
            save(checkpoint);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /// The checkpoint of the highest step, if there is one.
  ///
  /// @throws dev.mneme.model.checkpoint.CorruptCheckpointException where it is truncated or altered
  public Optional<TrainingCheckpoint> latest() throws IOException {
    Optional<Path> path = newest(folder);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    TrainingCheckpoint checkpoint = TrainingCheckpointFiles.read(path.get());
    newest = path;
    return Optional.of(checkpoint);
  }

  /// The folder of the highest step in a store's folder.
  static Optional<Path> newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Optional<Path> highest = Optional.empty();
    String highestName = "";
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        String name = String.valueOf(path.getFileName());
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches() && name.compareTo(highestName) > 0) {
          highest = Optional.of(path);
          highestName = name;
        }
      }
    }
    return highest;
  }
}
