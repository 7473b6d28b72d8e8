package dev.mneme.store;

import dev.mneme.attack.Attack;
import dev.mneme.attack.MembershipScores;
import dev.mneme.experiment.MalformedTrialException;
import dev.mneme.experiment.TextScores;
import dev.mneme.experiment.TokenBits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The tables `attack_scores` and `completions`, written and read.
final class TextScoreTables {
  private final DuckDBConnection connection;

  TextScoreTables(DuckDBConnection connection) {
    this.connection = connection;
  }

  void append(String trial, TextScores scores) throws SQLException {
    try (DuckDBAppender rows =
        connection.createAppender(Database.CATALOG, "main", "attack_scores")) {
      for (MembershipScores attack : scores.attacks()) {
        String name = attack.attack().label();
        append(rows, trial, name, StoredTrials.TRAINING, attack.members());
        append(rows, trial, name, StoredTrials.FRESH, attack.nonMembers());
      }
    }
    try (DuckDBAppender rows = connection.createAppender(Database.CATALOG, "main", "completions")) {
      for (TextScores.Completions completions : scores.completions()) {
        append(rows, trial, completions.prefix(), StoredTrials.TRAINING, completions.training());
        append(rows, trial, completions.prefix(), StoredTrials.FRESH, completions.heldOut());
      }
    }
    try (DuckDBAppender rows =
        connection.createAppender(Database.CATALOG, "main", "token_scores")) {
      append(rows, trial, scores.tokens());
    }
  }

  private static void append(
      DuckDBAppender rows, String trial, String attack, String data, double[] scores)
      throws SQLException {
    for (int sample = 0; sample < scores.length; sample++) {
      rows.beginRow();
      rows.append(trial);
      rows.append(attack);
      rows.append(data);
      rows.append(sample);
      rows.append(scores[sample]);
      rows.endRow();
    }
  }

  private static void append(
      DuckDBAppender rows, String trial, int prefix, String data, List<Integer> reproduced)
      throws SQLException {
    for (int sample = 0; sample < reproduced.size(); sample++) {
      rows.beginRow();
      rows.append(trial);
      rows.append(prefix);
      rows.append(data);
      rows.append(sample);
      rows.append(reproduced.get(sample).intValue());
      rows.endRow();
    }
  }

  private static void append(DuckDBAppender rows, String trial, TokenBits tokens)
      throws SQLException {
    for (int sample = 0; sample < tokens.count(); sample++) {
      for (int position = 0; position < tokens.positions(); position++) {
        rows.beginRow();
        rows.append(trial);
        rows.append(sample);
        rows.append(position);
        rows.append(tokens.bits(sample, position));
        rows.endRow();
      }
    }
  }

  /// What was kept of a trial; empty where nothing was, as of one on random tokens.
  static Optional<TextScores> find(Connection connection, String trial) throws SQLException {
    List<MembershipScores> attacks = attacks(connection, trial);
    if (attacks.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TextScores(attacks, completions(connection, trial), tokens(connection, trial)));
  }

  /// Members and non-members of one attack or one prefix.
  private record Both<T>(List<T> training, List<T> fresh) {
    Both() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(String data, T value) {
      (data.equals(StoredTrials.TRAINING) ? training : fresh).add(value);
    }
  }

  private static List<MembershipScores> attacks(Connection connection, String trial)
      throws SQLException {
    Map<String, Both<Double>> found = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT attack, data, score FROM attack_scores WHERE trial = ?"
                + " ORDER BY attack, data, sample")) {
      query.setString(1, trial);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getString(1), name -> new Both<>())
              .add(rows.getString(2), rows.getDouble(3));
        }
      }
    }
    Map<Attack, MembershipScores> attacks = new TreeMap<>();
    found.forEach((name, scores) -> {
      Attack attack =
          Attack.named(name)
              .orElseThrow(() -> new MalformedTrialException("scores of an attack " + name));
      attacks.put(
          attack, MembershipScores.of(attack, array(scores.training()), array(scores.fresh())));
    });
    return List.copyOf(attacks.values());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static TokenBits tokens(Connection connection, String trial) throws SQLException {
    DoubleStream.Builder bits = DoubleStream.builder();
    int positions = 0;
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT position, bits FROM token_scores WHERE trial = ? ORDER BY sample, position")) {
      query.setString(1, trial);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          positions = Math.max(positions, rows.getInt(1) + 1);
          bits.add(rows.getDouble(2));
        }
      }
    }
    return TokenBits.of(positions, bits.build().toArray());
  }

  private static List<TextScores.Completions> completions(Connection connection, String trial)
      throws SQLException {
    Map<Integer, Both<Integer>> found = new TreeMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT prefix, data, reproduced FROM completions WHERE trial = ?"
                + " ORDER BY prefix, data, sample")) {
      query.setString(1, trial);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getInt(1), prefix -> new Both<>())
              .add(rows.getString(2), rows.getInt(3));
        }
      }
    }
    return found.entrySet().stream()
        .map(entry ->
            new TextScores.Completions(
                entry.getKey(), entry.getValue().training(), entry.getValue().fresh()))
        .toList();
  }
}
