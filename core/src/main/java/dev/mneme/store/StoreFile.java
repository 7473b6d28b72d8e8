package dev.mneme.store;

import dev.mneme.experiment.MnemeVersion;
import dev.mneme.model.checkpoint.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/// Looks at the file of a store before anything may change it, and makes new ones.
final class StoreFile {
  private static final String EXPECTED = "a store of Mneme";
  private static final String HINT = "It was left as it is. Use another file.";

  /// Every DuckDB file has these bytes after a checksum of 8.
  private static final byte[] MAGIC = "DUCK".getBytes(StandardCharsets.US_ASCII);

  private static final int MAGIC_OFFSET = 8;

  private StoreFile() {}

  /// The file itself, through all symbolic links; parents are not looked at.
  ///
  /// @throws dev.mneme.experiment.StorageException where no store can have this name
  static Path resolve(Path file) throws IOException {
    if (Files.exists(file)) {
      return checkName(file.toRealPath());
    }
    if (Files.isSymbolicLink(file)) {
      throw StoreTrouble.refused(
          file,
          "a link to a file that is missing",
          EXPECTED,
          "Mend the link, or use another file.");
    }
    return checkName(file.toAbsolutePath().normalize());
  }

  /// DuckDB takes some signs in names for other things than part of a name.
  private static Path checkName(Path file) {
    String name = file.toString();
    if (name.indexOf('?') >= 0
        || (name.indexOf('\\') >= 0 && !file.getFileSystem().getSeparator().equals("\\"))) {
      throw StoreTrouble.refused(
          file,
          "whose name has a question mark or a backslash in it",
          "a name without them",
          "Use another name.");
    }
    return file;
  }

  /// The file in which DuckDB keeps what it has not yet folded into the store.
  static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + ".wal");
  }

  /// The folder that a store is in.
  static Path folder(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw StoreTrouble.refused(file, "a folder", EXPECTED, "Name a file.");
    }
    return parent;
  }

  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Makes an empty store, whole or not at all.
  static void create(Path file, StoreFormat format) throws IOException {
    if (exists(log(file))) {
      throw StoreTrouble.refused(
          log(file),
          "the newest part of a store that is missing itself",
          "the store " + file + " beside it",
          "Put the store back, or move this file away.");
    }
    AtomicFiles.writeNamedFile(
        file,
        AtomicFiles.Existing.REFUSE,
        partial -> {
          try (Connection connection = Database.write(partial);
              Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false); // all in one write to the disk
            statement.execute(format.schema());
            statement.execute(
                "INSERT INTO store_format VALUES ("
                    + format.version()
                    + ", "
                    + Database.quote(MnemeVersion.read())
                    + ")");
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("CHECKPOINT store");
          } catch (SQLException e) {
            throw StoreTrouble.of(file, e);
          } finally {
            Files.deleteIfExists(log(partial));
          }
        });
  }

  /// Which layout a store has.
  ///
  /// @param version of the layout
  /// @param writtenBy version of Mneme
  record Version(int version, String writtenBy) {}

  /// Makes sure that a file is a store, without changing it.
  ///
  /// @throws dev.mneme.experiment.StorageException where it is something else
  static Version inspect(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw StoreTrouble.refused(file, "a folder", EXPECTED, "Name a file.");
    }
    if (!Files.isRegularFile(file)) {
      throw StoreTrouble.refused(file, "which is no regular file", EXPECTED, "Name a file.");
    }
    byte[] start;
    try (InputStream input = Files.newInputStream(file)) {
      start = input.readNBytes(MAGIC_OFFSET + MAGIC.length);
    }
    if (start.length < MAGIC_OFFSET + MAGIC.length
        || !Arrays.equals(start, MAGIC_OFFSET, start.length, MAGIC, 0, MAGIC.length)) {
      throw StoreTrouble.refused(
          file,
          start.length == 0 ? "an empty file" : "which is not a file of DuckDB",
          EXPECTED,
          HINT);
    }
    try (Connection connection = Database.read(file, false);
        Statement statement = connection.createStatement()) {
      checkLength(file, statement);
      if (!isStore(statement)) {
        throw StoreTrouble.refused(
            file, "a DuckDB database that Mneme did not make", EXPECTED, HINT);
      }
      try (ResultSet row =
          statement.executeQuery("SELECT version, written_by FROM store.main.store_format")) {
        if (!row.next()) {
          throw StoreTrouble.refused(file, "a store without a format version", EXPECTED, HINT);
        }
        return new Version(row.getInt(1), row.getString(2));
      }
    } catch (SQLException e) {
      throw StoreTrouble.of(file, e);
    }
  }

  /// DuckDB reads blocks when it needs them, and would open a file of which half is missing. (The
  /// file may rightly be shorter than all its blocks, since free ones at the end are cut off.)
  private static void checkLength(Path file, Statement statement) throws SQLException, IOException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT used_blocks * block_size FROM pragma_database_size()"
                + " WHERE database_name = 'store'")) {
      if (row.next() && Files.size(file) < row.getLong(1)) {
        throw StoreTrouble.refused(
            file,
            "a DuckDB file that was cut off at " + Files.size(file) + " bytes",
            "a whole one, of at least " + row.getLong(1) + " bytes",
            "It was left as it is. Copy it again from where it came, or use another file.");
      }
    }
  }

  /// What brings a store up to date.
  ///
  /// @throws dev.mneme.experiment.StorageException where it is newer, or where no way is known
  static List<StoreFormat.Migration> migrations(Path file, Version found, StoreFormat format) {
    if (found.version() > format.version()) {
      throw StoreTrouble.newer(file, found, format);
    }
    List<StoreFormat.Migration> path = format.path(found.version());
    if (found.version() < format.version() && path.isEmpty()) {
      throw StoreTrouble.older(file, found, format);
    }
    return path;
  }

  private static boolean isStore(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*) FROM duckdb_columns() WHERE database_name = 'store'"
                + " AND schema_name = 'main' AND table_name = 'store_format'"
                + " AND column_name IN ('version', 'written_by')")) {
      return row.next() && row.getInt(1) == 2;
    }
  }
}
