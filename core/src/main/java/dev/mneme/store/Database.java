package dev.mneme.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/// DuckDB with a store attached under the name `store`, and nothing of a user's own settings.
///
/// Always an instance of its own in memory that attaches the file, so that any file name can be
/// quoted, and so that two instances of one process never share settings.
final class Database {
  /// The name of an attached store inside DuckDB.
  static final String CATALOG = "store";

  /// The oldest DuckDB that can read what is written here.
  private static final String STORAGE_VERSION = "v1.2.0";

  /// Memory that a writing instance uses at most; trials run beside it.
  private static final String WRITER_MEMORY = "1GiB";

  private static final Path MAPPED_FILES = Path.of("/proc/self/maps"); // Linux

  private Database() {}

  /// Attaches a store to write it, creating the file where it is missing. Everything runs on the
  /// calling thread, since trials use the cores.
  static DuckDBConnection write(Path file) throws SQLException {
    return connect(
        false,
        "SET threads = 1",
        "SET memory_limit = '" + WRITER_MEMORY + "'",
        "ATTACH " + quote(file) + " AS store (STORAGE_VERSION '" + STORAGE_VERSION + "')",
        "USE store");
  }

  /// Attaches a store so that no SQL can change it, or any other file: the file is read only, no
  /// other file can be opened, and no setting can be changed back. (To refuse external access alone
  /// is not enough: DuckDB still lets `COPY` write over the files of an attached database.)
  ///
  /// @param stream whether rows are made while they are read; then nothing else can be asked until
  ///   all were read or the statement is closed
  static DuckDBConnection read(Path file, boolean stream) throws SQLException {
    return connect(
        stream,
        "ATTACH " + quote(file) + " AS store (READ_ONLY)",
        "USE store",
        "SET disabled_filesystems = 'LocalFileSystem'",
        "SET lock_configuration = true");
  }

  /// Attaches a store read only, so that one other file can be written and nothing else be opened.
  /// For statements that were checked, see [Export].
  static DuckDBConnection readAndWriteTo(Path file, Path output) throws SQLException {
    return connect(
        false,
        "ATTACH " + quote(file) + " AS store (READ_ONLY)",
        "USE store",
        "SET allowed_paths = [" + quote(output) + "]",
        "SET enable_external_access = false",
        "SET lock_configuration = true");
  }

  private static DuckDBConnection connect(boolean stream, String... statements)
      throws SQLException {
    Properties properties = new Properties();
    // nothing is fetched from the network or the user's home
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_persistent_secrets", "false");
    properties.setProperty("jdbc_stream_results", String.valueOf(stream));
    DuckDBConnection connection =
        (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", properties);
    boolean ready = false;
    try (Statement statement = connection.createStatement()) {
      deleteUnpackedLibrary();
      for (String one : statements) {
        statement.execute(one);
      }
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  /// An SQL string.
  static String quote(Path path) {
    return quote(path.toString());
  }

  /// An SQL string.
  static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// The driver unpacks its library of some 70 MB into a temporary file and deletes that at a
  /// normal end, so a killed process would leave it behind. Once loaded, Linux needs its name no
  /// more.
  private static void deleteUnpackedLibrary() {
    if (!Files.isReadable(MAPPED_FILES)) {
      return;
    }
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();
    try (Stream<String> lines = Files.lines(MAPPED_FILES)) {
      for (String line : lines.filter(line -> line.indexOf('/') >= 0).toList()) {
        Path mapped = Path.of(line.substring(line.indexOf('/')));
        String name = String.valueOf(mapped.getFileName());
        if (folder.equals(mapped.getParent())
            && name.startsWith("libduckdb_java")
            && name.endsWith(".so")) {
          Files.deleteIfExists(mapped);
        }
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // then it stays until the process ends
    }
  }
}
