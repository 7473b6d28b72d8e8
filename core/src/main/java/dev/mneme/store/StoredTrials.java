package dev.mneme.store;

import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialResult;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/// Reads single trials back.
final class StoredTrials {
  /// Identities looked for in one statement.
  private static final int BATCH = 1000;

  static final String TRAINING = "training";
  static final String FRESH = "fresh";

  private StoredTrials() {}

  static Map<String, TrialResult> find(Connection connection, Collection<String> ids)
      throws SQLException {
    Map<String, TrialResult> found = new LinkedHashMap<>();
    List<String> all = List.copyOf(ids);
    for (int start = 0; start < all.size(); start += BATCH) {
      List<String> batch = all.subList(start, Math.min(all.size(), start + BATCH));
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT record FROM trials WHERE id IN (?" + ", ?".repeat(batch.size() - 1) + ")")) {
        for (int i = 0; i < batch.size(); i++) {
          query.setString(i + 1, batch.get(i));
        }
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            TrialResult result = TrialJson.read(rows.getString(1));
            found.put(result.id(), result);
          }
        }
      }
    }
    return found;
  }

  /// Identities that begin with a text, in alphabetical order.
  static List<String> beginningWith(Connection connection, String prefix, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id FROM trials WHERE starts_with(id, ?) ORDER BY id LIMIT ?")) {
      query.setString(1, prefix);
      query.setInt(2, limit);
      return strings(query);
    }
  }

  /// Names of the experiments that ask for a trial.
  static List<String> experiments(Connection connection, String id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT experiment FROM experiment_trials WHERE trial = ? ORDER BY experiment")) {
      query.setString(1, id);
      return strings(query);
    }
  }

  static Optional<SampleScores> scores(Connection connection, String id) throws SQLException {
    CodeLengths training = lengths(connection, id, TRAINING);
    CodeLengths fresh = lengths(connection, id, FRESH);
    return training.count() + fresh.count() > 0
        ? Optional.of(new SampleScores(training, fresh, TextScoreTables.find(connection, id)))
        : Optional.empty();
  }

  static Optional<Bits> largestCapacity(Connection connection, GptConfig model, String precision)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT max(mean_net_bits) FROM capacity_points WHERE layers = ? AND width = ? AND"
                + " heads = ? AND vocabulary_size = ? AND context_length = ? AND tied_head = ?"
                + " AND precision = ?")) {
      query.setInt(1, model.layers());
      query.setInt(2, model.width());
      query.setInt(3, model.heads());
      query.setInt(4, model.vocabularySize());
      query.setInt(5, model.contextLength());
      query.setBoolean(6, model.tiedHead());
      query.setString(7, precision);
      try (ResultSet row = query.executeQuery()) {
        double bits = row.next() ? row.getDouble(1) : 0;
        return bits > 0 ? Optional.of(new Bits(bits)) : Optional.empty();
      }
    }
  }

  static int scoreCount(Connection connection, String id, String data) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*) FROM sample_scores WHERE trial = ? AND data = ?")) {
      query.setString(1, id);
      query.setString(2, data);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private static CodeLengths lengths(Connection connection, String id, String data)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT code_length_bits FROM sample_scores WHERE trial = ? AND data = ? ORDER BY"
                + " sample")) {
      query.setString(1, id);
      query.setString(2, data);
      DoubleStream.Builder lengths = DoubleStream.builder();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          lengths.add(rows.getDouble(1));
        }
      }
      return CodeLengths.ofBits(lengths.build().toArray());
    }
  }

  private static List<String> strings(PreparedStatement query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
