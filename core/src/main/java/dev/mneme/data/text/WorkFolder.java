package dev.mneme.data.text;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of files that go when it is closed.
final class WorkFolder implements AutoCloseable {
  private final Path path;

  /// Makes a new folder within `parent`, which is made as well where it is missing.
  WorkFolder(Path parent) throws IOException {
    path = Files.createTempDirectory(Files.createDirectories(parent), "text-");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(path);
    }
  }
}
