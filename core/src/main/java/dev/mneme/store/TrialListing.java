package dev.mneme.store;

import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// Lists trials.
final class TrialListing {
  private static final String SELECTION =
      """
      SELECT t.id, t.status, e.names, t.layers, t.width, t.heads, t.vocabulary_size,
        t.context_length, t.parameters, t.sequences, t.seed, t.steps, t.learning_rate,
        t.bits_per_parameter, t.net_bits, t.share_of_ceiling, t.seconds
      FROM trials t
      LEFT JOIN (
        SELECT trial, list(experiment ORDER BY experiment) AS names
        FROM experiment_trials GROUP BY trial
      ) e ON e.trial = t.id
      """;

  private TrialListing() {}

  static void list(Connection connection, TrialFilter filter, Consumer<TrialRow> rows)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SELECTION + filter.sql())) {
      List<Object> values = filter.values();
      for (int i = 0; i < values.size(); i++) {
        query.setObject(i + 1, values.get(i));
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.accept(read(row));
        }
      }
    }
  }

  private static TrialRow read(ResultSet row) throws SQLException {
    return new TrialRow(
        row.getString(1),
        TrialStatus.ofText(row.getString(2)),
        names(row.getArray(3)),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6),
        row.getInt(7),
        row.getInt(8),
        row.getLong(9),
        row.getInt(10),
        row.getLong(11),
        row.getLong(12),
        row.getDouble(13),
        figure(row, 14).map(BitsPerParameter::new),
        figure(row, 15).map(Bits::new),
        figure(row, 16).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        row.getDouble(17));
  }

  private static List<String> names(@org.jspecify.annotations.Nullable Array names)
      throws SQLException {
    if (names == null) {
      return List.of();
    }
    return Arrays.stream((Object[]) names.getArray()).map(String::valueOf).toList();
  }

  private static Optional<Double> figure(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }
}
