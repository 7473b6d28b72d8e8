package dev.mneme.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Runs SQL of a user's.
///
/// @param store the file of the store
/// @param connection one that can only read, and makes rows while they are read
record Query(Path store, Connection connection) {
  /// Beginnings of DuckDB's messages that speak of the file, not of the SQL.
  private static final Set<String> TROUBLE = Set.of("io error", "fatal error", "corruption");

  /// What the driver says instead of DuckDB's message where making the first rows fails.
  private static final String MESSAGE_LOST = "Invalid result set";

  void run(String sql, QueryRows rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!execute(statement, sql)) {
        rows.columns(List.of());
        return;
      }
      try (ResultSet result = statement.getResultSet()) {
        ResultSetMetaData meta = result.getMetaData();
        rows.columns(columns(meta));
        while (next(result)) {
          rows.row(values(result, meta.getColumnCount()));
        }
      }
    } finally {
      reset();
    }
  }

  private boolean execute(Statement statement, String sql) throws SQLException {
    try {
      return statement.execute(sql);
    } catch (SQLException e) {
      if (StoreTrouble.message(e).endsWith(MESSAGE_LOST)) {
        throw messageOf(sql).orElseGet(() -> new QueryException(StoreTrouble.message(e), e));
      }
      throw refused(e);
    }
  }

  /// Runs SQL again, all rows at once, for the sake of DuckDB's message.
  private Optional<QueryException> messageOf(String sql) throws SQLException {
    try (Connection whole = Database.read(store, false);
        Statement statement = whole.createStatement()) {
      statement.execute(sql);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(refused(e));
    }
  }

  /// Rows are made while they are read, so a mistake may come up here.
  private static boolean next(ResultSet result) throws SQLException {
    try {
      return result.next();
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  /// What to throw for SQL that DuckDB does not take.
  ///
  /// @throws SQLException the same one, where the file is to blame
  static QueryException refused(SQLException e) throws SQLException {
    String message = StoreTrouble.message(e);
    String lower = message.toLowerCase(Locale.ROOT);
    if (TROUBLE.stream().anyMatch(lower::startsWith)) {
      throw e;
    }
    return new QueryException(message, e);
  }

  /// A user's SQL may have begun a transaction, and broken it.
  private void reset() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // none was open
    }
  }

  private static List<QueryRows.Column> columns(ResultSetMetaData meta) throws SQLException {
    List<QueryRows.Column> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(new QueryRows.Column(meta.getColumnName(i), meta.getColumnTypeName(i)));
    }
    return columns;
  }

  private static List<QueryValue> values(ResultSet row, int count) throws SQLException {
    List<QueryValue> values = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      values.add(
          switch (row.getObject(i)) {
            case null -> new QueryValue.Missing();
            case Boolean truth -> new QueryValue.Truth(truth);
            case Number amount -> new QueryValue.Amount(amount);
            case Object other -> new QueryValue.Text(String.valueOf(row.getString(i)));
          });
    }
    return values;
  }
}
