package dev.mneme.model.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes files and folders so that after a crash or a full disk each is there whole or not at all:
/// into a temporary sibling first, forced to the disk, then renamed.
public final class AtomicFiles {
  /// What to do where the file is there already.
  public enum Existing {
    REFUSE,
    REPLACE
  }

  /// Writes the content of a file.
  @FunctionalInterface
  public interface FileContent {
    void writeTo(OutputStream output) throws IOException;
  }

  /// Writes a new file at a path, for writers that cannot write into a stream.
  @FunctionalInterface
  public interface NamedFileContent {
    void writeTo(Path file) throws IOException;
  }

  /// Writes the files of a folder, which holds no other folders.
  @FunctionalInterface
  public interface FolderContent {
    void writeInto(Path folder) throws IOException;
  }

  private AtomicFiles() {}

  /// Writes a file.
  ///
  /// @throws FileAlreadyExistsException where it is there already and `existing` refuses
  public static void writeFile(Path file, Existing existing, FileContent content)
      throws IOException {
    write(file, existing, partial -> writeAndForce(partial, content));
  }

  /// Writes a file that something else makes, given a path beside the final one.
  ///
  /// @throws FileAlreadyExistsException where it is there already and `existing` refuses
  public static void writeNamedFile(Path file, Existing existing, NamedFileContent content)
      throws IOException {
    write(
        file,
        existing,
        partial -> {
          content.writeTo(partial);
          force(partial);
        });
  }

  private static void write(Path file, Existing existing, NamedFileContent content)
      throws IOException {
    if (existing == Existing.REFUSE && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw alreadyThere(file);
    }
    Path parent = createParent(file);
    Path partial = partial(file);
    try {
      content.writeTo(partial);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    forceFolder(parent);
  }

  /// Writes a folder with all its files.
  ///
  /// @throws FileAlreadyExistsException where something of that name is there already that is not
  ///   an empty folder
  public static void createFolder(Path folder, FolderContent content) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(folder)) {
      throw alreadyThere(folder);
    }
    Path parent = createParent(folder);
    Path partial = partial(folder);
    Files.createDirectory(partial);
    try {
      content.writeInto(partial);
      forceFolder(partial);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteFlatFolder(partial);
    }
    forceFolder(parent);
  }

  /// Deletes a folder of files. Renamed first, so that a crash never leaves half of it under its
  /// name. Does nothing where it is not there.
  public static void deleteFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Path partial = partial(folder);
      Files.move(folder, partial, StandardCopyOption.ATOMIC_MOVE);
      deleteFlatFolder(partial);
    }
  }

  /// Renames a folder within one disk.
  ///
  /// @throws FileAlreadyExistsException where the new name is taken
  public static void moveFolder(Path folder, Path name) throws IOException {
    if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
      throw alreadyThere(name);
    }
    Path parent = createParent(name);
    Files.move(folder, name, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(parent);
  }

  /// Writes a new file and forces it to the disk, for use inside [#createFolder].
  public static void writeAndForce(Path file, FileContent content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      OutputStream output = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(output);
      output.flush();
      channel.force(true);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static Path createParent(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(file + " is the root of a file system and cannot be written to");
    }
    return Files.createDirectories(parent);
  }

  /// A name beside `file` that nobody has, or had and left behind when it was killed.
  private static Path partial(Path file) {
    String owner = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    for (int attempt = 0; ; attempt++) {
      Path candidate =
          file.toAbsolutePath()
              .resolveSibling("." + file.getFileName() + ".partial-" + owner + "-" + attempt);
      if (!Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
        return candidate;
      }
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    }
  }

  private static void deleteFlatFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /// Makes the names of new files survive a crash, where the system lets folders be opened.
  public static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAlreadyExistsException alreadyThere(Path file) {
    return new FileAlreadyExistsException(
        file.toString(), null, "it is there already and is not overwritten; choose another name");
  }
}
