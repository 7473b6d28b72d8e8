package dev.mneme.store;

import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.unit.CodeLengths;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Writes outcomes into the tables, within a transaction that others begin and end. Rows go through
/// DuckDB's appender: an `INSERT` of all the columns is planned anew whenever a figure is NULL,
/// which takes longer than everything else.
final class TrialWriter {
  private final TrialColumns columns = new TrialColumns();
  private final DuckDBConnection connection;
  private final PreparedStatement status;
  private final PreparedStatement deletion;
  private final List<String> order;

  /// @param connection closed by others, and the statements with it
  TrialWriter(DuckDBConnection connection) throws SQLException {
    this.connection = connection;
    status = connection.prepareStatement("SELECT status FROM trials WHERE id = ?");
    deletion = connection.prepareStatement("DELETE FROM trials WHERE id = ?");
    order = columns(connection);
  }

  private static List<String> columns(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT column_name FROM duckdb_columns() WHERE database_name = 'store'"
                    + " AND table_name = 'trials' ORDER BY column_index")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /// The number of the trial that was kept last; 0 in an empty store.
  long lastNumber() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(number), 0) FROM trials")) {
      row.next();
      return row.getLong(1);
    }
  }

  /// Writes an outcome, unless the trial is finished already.
  ///
  /// @param number of the trial's row
  /// @return whether it was written
  boolean write(TrialOutcome outcome, long number) throws SQLException {
    TrialResult result = outcome.result();
    status.setString(1, result.id());
    try (ResultSet before = status.executeQuery()) {
      if (before.next()) {
        if (TrialStatus.ofText(before.getString(1)) == TrialStatus.FINISHED) {
          return false;
        }
        deletion.setString(1, result.id());
        deletion.executeUpdate();
      }
    }
    try (DuckDBAppender rows = appender("trials")) {
      columns.append(rows, order, number, result);
    }
    if (result instanceof TrialResult.Finished finished) {
      appendCurve(finished);
      if (outcome.scores().isPresent()) {
        appendScores(finished.id(), outcome.scores().get());
        if (outcome.scores().get().text().isPresent()) {
          new TextScoreTables(connection)
              .append(finished.id(), outcome.scores().get().text().get());
        }
      }
    }
    return true;
  }

  private void appendCurve(TrialResult.Finished trial) throws SQLException {
    long parameters = trial.specification().model().parameterCount().total();
    try (DuckDBAppender rows = appender("curve_points")) {
      for (CurvePoint point : trial.curve()) {
        rows.beginRow();
        rows.append(trial.id());
        rows.append(point.step());
        rows.append(point.net().value());
        rows.append(point.net().per(parameters).value());
        if (point.heldOut().isPresent()) {
          rows.append(point.heldOut().get().value());
        } else {
          rows.appendNull();
        }
        rows.endRow();
      }
    }
  }

  private void appendScores(String trial, SampleScores scores) throws SQLException {
    try (DuckDBAppender rows = appender("sample_scores")) {
      append(rows, trial, StoredTrials.TRAINING, scores.training());
      append(rows, trial, StoredTrials.FRESH, scores.fresh());
    }
  }

  private static void append(DuckDBAppender rows, String trial, String data, CodeLengths lengths)
      throws SQLException {
    for (int sample = 0; sample < lengths.count(); sample++) {
      rows.beginRow();
      rows.append(trial);
      rows.append(data);
      rows.append(sample);
      rows.append(lengths.bits(sample));
      rows.endRow();
    }
  }

  private DuckDBAppender appender(String table) throws SQLException {
    return connection.createAppender(Database.CATALOG, "main", table);
  }
}
