package dev.mneme.store;

import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.AtomicFiles;
import dev.mneme.model.checkpoint.FileTrouble;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Writes parts of a store into new files, through DuckDB's `COPY`.
///
/// `COPY` needs a database that may write a file, so a user's SQL must not get there as it is. It
/// is read and written again by DuckDB's own parser, in the database that can only read; what comes
/// out is one `SELECT` and nothing else.
///
/// @param store the file of the store
/// @param reading a connection that can only read
record Export(Path store, Connection reading) {
  long table(String name, ExportFormat format, Path output) throws SQLException {
    List<String> tables = tables();
    if (!tables.contains(name)) {
      throw new InvalidConfigurationException(
          List.of(
              new Problem(
                  "table",
                  name,
                  "a table or view of the store",
                  "There are: " + String.join(", ", tables) + ".")));
    }
    return copy("FROM store.main.\"" + name + "\"", format, output);
  }

  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = reading.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'store' AND"
                    + " table_schema = 'main' ORDER BY table_name")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  long query(String sql, ExportFormat format, Path output) throws SQLException {
    String selection = oneSelect(sql);
    // names that do not exist are found here, so that the message shows the user's own SQL
    try (PreparedStatement statement = reading.prepareStatement(sql)) {
      if (statement.getParameterMetaData().getParameterCount() > 0) {
        throw new QueryException("a parameter (? or $1) in SQL to be exported has no value");
      }
    } catch (SQLException e) {
      throw Query.refused(e);
    }
    return copy(selection, format, output);
  }

  /// The same query in DuckDB's words.
  private String oneSelect(String sql) throws SQLException {
    try (PreparedStatement parser =
        reading.prepareStatement(
            """
            WITH parsed AS (SELECT json_serialize_sql(?::VARCHAR) AS tree)
            SELECT
              (tree ->> 'error')::BOOLEAN,
              tree ->> 'error_message',
              json_array_length(tree -> 'statements'),
              CASE WHEN NOT (tree ->> 'error')::BOOLEAN THEN json_deserialize_sql(tree) END
            FROM parsed
            """)) {
      parser.setString(1, sql);
      try (ResultSet row = parser.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          throw new QueryException(String.valueOf(row.getString(2)));
        }
        if (row.getInt(3) != 1) {
          throw new QueryException("one SELECT can be exported at a time");
        }
        return row.getString(4);
      }
    } catch (SQLException e) {
      throw Query.refused(e);
    }
  }

  private long copy(String selection, ExportFormat format, Path output) throws SQLException {
    Path file = output.toAbsolutePath().normalize();
    if (file.equals(StoreFile.log(store))) {
      throw unwritable(file, "a name that belongs to the store", "Choose another name.");
    }
    AtomicLong count = new AtomicLong();
    try {
      AtomicFiles.writeNamedFile(
          file,
          AtomicFiles.Existing.REFUSE,
          partial -> {
            try (Connection writing = Database.readAndWriteTo(store, partial);
                Statement statement = writing.createStatement()) {
              count.set(copy(statement, selection, format, partial));
            } catch (SQLException e) {
              throw new IOException(StoreTrouble.message(e), e);
            }
          });
    } catch (FileAlreadyExistsException e) {
      throw unwritable(
          file, "is there already", "Files are never overwritten: choose another name.");
    } catch (IOException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw StoreTrouble.output(file, cause);
      }
      throw unwritable(
          file, FileTrouble.phrase(e), "Check permissions and free space, or choose another name.");
    }
    return count.get();
  }

  private static long copy(Statement statement, String selection, ExportFormat format, Path partial)
      throws SQLException {
    return statement.executeUpdate(
        "COPY ("
            + selection
            + ") TO "
            + Database.quote(partial)
            + " ("
            + format.options()
            + ", USE_TMP_FILE false)");
  }

  private static StorageException unwritable(Path file, String reason, String hint) {
    return new StorageException(
        new Problem(
            "output",
            file + " (" + reason + ")",
            "a new file in a place that can be written",
            hint));
  }
}
