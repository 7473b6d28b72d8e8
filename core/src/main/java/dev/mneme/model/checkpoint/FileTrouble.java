package dev.mneme.model.checkpoint;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// Trouble with files in plain words. Java's own messages are often no more than a path, with the
/// meaning in the name of the class.
public final class FileTrouble {
  private static final String UNKNOWN = "reading or writing failed";

  private FileTrouble() {}

  /// What went wrong as a short phrase such as `permission denied`, without the path.
  public static String phrase(IOException error) {
    return switch (error) {
      case NoSuchFileException e -> "no such file or folder";
      case AccessDeniedException e -> "permission denied";
      case NotDirectoryException e -> "not a folder";
      case DirectoryNotEmptyException e -> "has files in it";
      case FileAlreadyExistsException e -> "is there already";
      // its message would repeat the path
      case FileSystemException e -> e.getReason() == null ? UNKNOWN : plain(e.getReason());
      default -> error.getMessage() == null ? UNKNOWN : plain(error.getMessage());
    };
  }

  /// What the operating system says, in our words where they are plainer.
  private static String plain(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("not enough space")) {
      return "no space left";
    }
    if (lower.contains("not a directory")) {
      return "not a folder";
    }
    if (lower.contains("is a directory")) {
      return "a folder, not a file";
    }
    if (lower.contains("read-only file system")) {
      return "the disk can only be read";
    }
    return lower;
  }
}
