package dev.mneme.data.corpus;

import dev.mneme.data.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/// Documents from a Parquet column, streamed by DuckDB: only that column is read, a few row groups
/// at a time, and texts above the limit never leave it.
final class ParquetDocuments {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private ParquetDocuments() {}

  /// @throws InvalidDataException where the file is not Parquet, has no such column, or one that is
  ///   not of strings
  static void read(Path file, String column, RowCollector rows) throws IOException {
    requireMagic(file);
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:", properties);
        Statement statement = database.createStatement()) {
      // One thread, so that rows come in their order; nothing is fetched from anywhere else.
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '1GB'");
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      String table = "read_parquet(" + quoted(literal(file.toString()), '\'') + ")";
      requireColumn(statement, table, column, rows);
      stream(statement, table, column, rows);
    } catch (SQLException e) {
      throw new InvalidDataException(
          file.toString(),
          "a Parquet file that cannot be read (" + firstLine(e) + ")",
          "a whole Parquet file",
          "Copy or download it again.");
    }
  }

  private static void requireMagic(Path file) throws IOException {
    byte[] start;
    try (InputStream input = Files.newInputStream(file)) {
      start = input.readNBytes(MAGIC.length);
    }
    if (!Arrays.equals(start, MAGIC)) {
      throw new InvalidDataException(
          file.toString(),
          "a file that does not begin with PAR1",
          "a Parquet file, not compressed as a whole",
          "Name the format that the file has, or unpack it.");
    }
  }

  private static void requireColumn(
      Statement statement, String table, String column, RowCollector rows) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
      while (columns.next()) {
        String name = columns.getString(1);
        names.add(name);
        if (name.equals(column)) {
          if (!columns.getString(2).equals("VARCHAR")) {
            throw new InvalidDataException(
                "column " + column,
                rows.sourceName() + " has it as " + columns.getString(2),
                "a column of strings",
                "Name the column that holds the text: " + MissingColumn.list(names) + ".");
          }
          return;
        }
      }
    }
    throw MissingColumn.of(rows.sourceName(), column, names);
  }

  private static void stream(Statement statement, String table, String column, RowCollector rows)
      throws SQLException, IOException {
    String name = quoted(column, '"');
    String query =
        "SELECT CASE WHEN strlen(%s) <= %d THEN %s END, strlen(%s) FROM %s"
            .formatted(name, rows.longest(), name, name, table);
    try (ResultSet texts = statement.executeQuery(query)) {
      for (long row = 1; texts.next(); row++) {
        String text = texts.getString(1);
        if (text != null) {
          rows.text(row, text);
        } else {
          long length = texts.getLong(2); // 0 where it is null
          rows.skip(row, length > rows.longest() ? SkipReason.TOO_LONG : SkipReason.NULL);
        }
      }
    }
  }

  /// DuckDB reads names as patterns; a set of one character stands for itself.
  private static String literal(String name) {
    return name.replaceAll("[*?\\[]", "[$0]");
  }

  private static String quoted(String text, char quote) {
    String mark = String.valueOf(quote);
    return mark + text.replace(mark, mark + mark) + mark;
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
