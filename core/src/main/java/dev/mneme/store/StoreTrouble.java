package dev.mneme.store;

import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Trouble with a store in plain words.
final class StoreTrouble {
  private static final Pattern LOCKED_BY = Pattern.compile("\\(PID (\\d+)\\)");
  private static final String UPDATE = "Update Mneme, or use another file.";

  private StoreTrouble() {}

  /// A problem with a store.
  static StorageException refused(Path file, String what, String expected, String hint) {
    return new StorageException(new Problem("store", file + ", " + what, expected, hint));
  }

  /// What the file system says.
  static StorageException of(Path file, IOException e) {
    return new StorageException(
        new Problem(
            "store",
            file + " (" + FileTrouble.phrase(e) + ")",
            "a file that can be read and written",
            "Check permissions and free space, or use another file."),
        e);
  }

  /// What DuckDB says while it opens or uses a store.
  static StorageException of(Path file, SQLException e) {
    return new StorageException(problem(file, message(e)), e);
  }

  private static boolean isFull(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.contains("no space left")
        || lower.contains("not enough space")
        || lower.contains("file too large")
        || lower.contains("disk quota exceeded");
  }

  private static Problem problem(Path file, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (isFull(message)) {
      return new Problem(
          "store",
          file + " (no space left)",
          "room to write",
          "Free some space, and run the same again: everything that was kept before is safe.");
    }
    if (lower.contains("could not set lock on file")) {
      Matcher holder = LOCKED_BY.matcher(message);
      return new Problem(
          "store",
          file
              + ", which another program has open"
              + (holder.find() ? " (process " + holder.group(1) + ")" : ""),
          "a store that no other program has open",
          "Close it there, such as in DuckDB's own shell or a notebook.");
    }
    if (lower.contains("permission denied") || lower.contains("read-only file system")) {
      return new Problem(
          "store",
          file + " (permission denied)",
          "a file that can be read and written",
          "Check the permissions of the file and its folder, or use another file.");
    }
    if (lower.contains("database file with version number")) {
      return new Problem(
          "store",
          file + ", which a newer DuckDB has written",
          "a file that the DuckDB within Mneme can read",
          UPDATE);
    }
    return new Problem(
        "store",
        file + " (DuckDB: " + firstLine(message) + ")",
        "a sound store",
        "The file was left as it is. If it is damaged, go back to a copy, or use another file.");
  }

  /// What DuckDB says while it writes an export.
  static StorageException output(Path file, SQLException e) {
    String message = message(e);
    return new StorageException(
        new Problem(
            "output",
            file
                + " ("
                + (isFull(message) ? "no space left" : "DuckDB: " + firstLine(message))
                + ")",
            "a new file in a place that can be written",
            "Check permissions and free space, or choose another name."),
        e);
  }

  /// DuckDB's message, without what the driver puts around it.
  static String message(SQLException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.strip();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  /// A store of a newer layout.
  static StorageException newer(Path file, StoreFile.Version found, StoreFormat format) {
    return refused(
        file,
        describe(found),
        "format version " + format.version() + (format.version() > 1 ? " or older" : ""),
        UPDATE);
  }

  /// A store of an older layout from which no way leads here.
  static StorageException older(Path file, StoreFile.Version found, StoreFormat format) {
    return refused(
        file,
        describe(found),
        "format version " + format.version(),
        "Read it with the Mneme that wrote it, or use another file.");
  }

  /// A store of an older layout that has to be changed first, where it is only read.
  static StorageException toBeMigrated(Path file, StoreFile.Version found, StoreFormat format) {
    return refused(
        file,
        describe(found),
        "format version " + format.version(),
        "The next run that stores into it brings it up to date; keep a copy if an older Mneme is to"
            + " read it.");
  }

  private static String describe(StoreFile.Version found) {
    return "a store of format version "
        + found.version()
        + ", written by Mneme "
        + found.writtenBy();
  }
}
