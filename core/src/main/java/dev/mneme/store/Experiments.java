package dev.mneme.store;

import dev.mneme.store.TrialStore.Registration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Experiments in a store, and which trials they ask for.
final class Experiments {
  private Experiments() {}

  static Registration register(
      DuckDBConnection connection, ExperimentRecord experiment, List<String> trials)
      throws SQLException {
    List<String> members = List.copyOf(new LinkedHashSet<>(trials));
    Optional<ExperimentRecord> before = find(connection, experiment.name());
    if (before.isPresent()) {
      if (before.get().equals(experiment)
          && members(connection, experiment.name()).equals(members)) {
        return Registration.SAME;
      }
      delete(connection, experiment.name());
    }
    insert(connection, experiment);
    try (DuckDBAppender rows =
        connection.createAppender(Database.CATALOG, "main", "experiment_trials")) {
      for (int position = 0; position < members.size(); position++) {
        rows.beginRow();
        rows.append(experiment.name());
        rows.append(position);
        rows.append(members.get(position));
        rows.endRow();
      }
    }
    return before.isPresent() ? Registration.REPLACED : Registration.NEW;
  }

  /// @return whether it was not there already
  static boolean addTrial(Connection connection, String experiment, String trial)
      throws SQLException {
    if (find(connection, experiment).isEmpty()) {
      throw new IllegalArgumentException("no experiment " + experiment + " was registered");
    }
    try (PreparedStatement insertion =
        connection.prepareStatement(
            """
            INSERT INTO experiment_trials (experiment, position, trial)
            SELECT $1, coalesce(max(position) + 1, 0), $2
            FROM experiment_trials WHERE experiment = $1
            HAVING count(*) FILTER (trial = $2) = 0
            """)) {
      insertion.setString(1, experiment);
      insertion.setString(2, trial);
      return insertion.executeUpdate() > 0;
    }
  }

  static Optional<ExperimentRecord> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT kind, description, configuration FROM experiments WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ExperimentRecord(name, row.getString(1), row.getString(2), row.getString(3)))
            : Optional.empty();
      }
    }
  }

  static List<StoredExperiment> all(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT e.name, e.kind, e.description, e.configuration, count(m.trial),
                  count(*) FILTER (t.status = 'finished'),
                  count(*) FILTER (t.status = 'diverged'),
                  count(*) FILTER (t.status = 'failed')
                FROM experiments e
                LEFT JOIN experiment_trials m ON m.experiment = e.name
                LEFT JOIN trials t ON t.id = m.trial
                GROUP BY ALL ORDER BY e.name
                """);
        ResultSet rows = query.executeQuery()) {
      List<StoredExperiment> all = new ArrayList<>();
      while (rows.next()) {
        all.add(
            new StoredExperiment(
                new ExperimentRecord(
                    rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)),
                rows.getInt(5),
                rows.getInt(6),
                rows.getInt(7),
                rows.getInt(8)));
      }
      return all;
    }
  }

  static List<String> members(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT trial FROM experiment_trials WHERE experiment = ? ORDER BY position")) {
      query.setString(1, name);
      List<String> members = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          members.add(rows.getString(1));
        }
      }
      return members;
    }
  }

  private static void delete(Connection connection, String name) throws SQLException {
    for (String table : List.of("experiment_trials WHERE experiment", "experiments WHERE name")) {
      try (PreparedStatement deletion =
          connection.prepareStatement("DELETE FROM " + table + " = ?")) {
        deletion.setString(1, name);
        deletion.executeUpdate();
      }
    }
  }

  private static void insert(Connection connection, ExperimentRecord experiment)
      throws SQLException {
    try (PreparedStatement insertion =
        connection.prepareStatement(
            "INSERT INTO experiments (name, kind, description, configuration) VALUES (?, ?, ?,"
                + " ?)")) {
      insertion.setString(1, experiment.name());
      insertion.setString(2, experiment.kind());
      insertion.setString(3, experiment.description());
      insertion.setString(4, experiment.configuration());
      insertion.executeUpdate();
    }
  }
}
