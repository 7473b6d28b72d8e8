package dev.mneme.store;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.TrialCost;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialResult.Finished;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// What stands in each column of `trials`, stated once.
final class TrialColumns {
  /// Takes the value of a column from a result; null is SQL's NULL.
  private interface Value extends Function<TrialResult, @Nullable Object> {}

  private final Map<String, Value> columns = new HashMap<>();

  TrialColumns() {
    columns.put("id", TrialResult::id);
    columns.put("status", result -> TrialStatus.of(result).text());
    addModel();
    addTraining();
    addProvenance();
    addFigures();
    columns.put(
        "diverged_at_step",
        result -> result instanceof TrialResult.Diverged diverged ? diverged.step() : null);
    columns.put("reason", TrialColumns::reason);
    columns.put("record", TrialJson::write);
    columns.put("data_source", result -> result.specification().data().kind());
    columns.put("corpus", result -> ofText(result, DataSource.TextSource::corpus));
    columns.put("tokenizer", result -> ofText(result, DataSource.TextSource::tokenizer));
  }

  private void addModel() {
    columns.put("layers", result -> result.specification().model().layers());
    columns.put("width", result -> result.specification().model().width());
    columns.put("heads", result -> result.specification().model().heads());
    columns.put("vocabulary_size", result -> result.specification().model().vocabularySize());
    columns.put("context_length", result -> result.specification().model().contextLength());
    columns.put("tied_head", result -> result.specification().model().tiedHead());
    columns.put("parameters", result -> result.specification().model().parameterCount().total());
    columns.put(
        "parameters_without_embeddings",
        result -> result.specification().model().parameterCount().withoutEmbeddings());
  }

  private void addTraining() {
    columns.put("sequences", result -> result.specification().sequences());
    columns.put("seed", result -> result.specification().seed());
    columns.put("steps", result -> result.specification().plan().steps());
    columns.put("batch_size", result -> result.specification().plan().batchSize());
    columns.put("learning_rate", result -> result.specification().plan().schedule().peak());
    columns.put("warmup_share", result -> result.specification().plan().schedule().warmup());
    columns.put("flat_share", result -> result.specification().plan().schedule().flat());
    columns.put("decay", result -> result.specification().plan().schedule().decay().name());
    columns.put("beta1", result -> adamW(result).beta1());
    columns.put("beta2", result -> adamW(result).beta2());
    columns.put("epsilon", result -> adamW(result).epsilon());
    columns.put("weight_decay", result -> adamW(result).weightDecay());
    columns.put("optimizer", TrialColumns::optimizer);
    columns.put("momentum", result -> ofMuon(result, Muon::momentum));
    columns.put("matrix_scale", result -> ofMuon(result, Muon::matrixScale));
    columns.put("embedding_rate", result -> ofMuon(result, Muon::embeddingRate));
    columns.put(
        "embedding_deviation",
        result -> result.specification().plan().initialization().embeddingDeviation());
    columns.put(
        "weight_deviation",
        result -> result.specification().plan().initialization().weightDeviation());
    columns.put("planned_curve_points", result -> result.specification().plan().curvePoints());
  }

  private static AdamW adamW(TrialResult result) {
    return result.specification().plan().optimizer().adamW();
  }

  private static String optimizer(TrialResult result) {
    return switch (result.specification().plan().optimizer()) {
      case AdamW adamW -> "adamw";
      case Muon muon -> "muon";
    };
  }

  private static @Nullable Double ofMuon(TrialResult result, Function<Muon, Double> setting) {
    return result.specification().plan().optimizer() instanceof Muon muon
        ? setting.apply(muon)
        : null;
  }

  private void addProvenance() {
    columns.put("engine", result -> result.provenance().engine().name());
    columns.put("numerics_version", result -> result.provenance().engine().numericsVersion());
    columns.put("vector_bits", result -> result.provenance().engine().vectorBits());
    columns.put("precision", result -> result.provenance().engine().precision());
    columns.put("data_hash", result -> result.provenance().dataHash());
    columns.put("mneme_version", result -> result.provenance().mnemeVersion());
    columns.put("java", result -> result.provenance().java());
    columns.put("operating_system", result -> result.provenance().operatingSystem());
    columns.put("processor", result -> result.provenance().processor());
    columns.put("seconds", result -> result.provenance().seconds());
    columns.put("core_seconds", TrialColumns::coreSeconds);
    columns.put("operations", TrialColumns::operations);
    columns.put("trained_tokens", result -> result.provenance().trainedTokens());
    columns.put("tokens_per_second", result -> result.provenance().tokensPerSecond());
  }

  private static @Nullable Double coreSeconds(TrialResult result) {
    OptionalDouble seconds = result.provenance().coreSeconds();
    return seconds.isPresent() ? seconds.getAsDouble() : null;
  }

  private static double operations(TrialResult result) {
    return TrialCost.trainingOperations(
        result.specification().model(), result.provenance().trainedTokens());
  }

  private void addFigures() {
    addFigure("entropy_bits", trial -> trial.training().entropy().value());
    addFigure("ceiling_bits", trial -> trial.ceiling().value());
    addFigure("net_bits", trial -> trial.training().net().value());
    addFigure("clipped_bits", trial -> trial.training().clipped().value());
    addFigure("net_standard_error_bits", trial -> trial.training().netStandardError().value());
    addFigure("bits_per_parameter", TrialColumns::bitsPerParameter);
    addFigure("share_of_ceiling", TrialColumns::shareOfCeiling);
    addFigure("fresh_net_bits", trial -> trial.fresh().net().value());
    addFigure("fresh_clipped_bits", trial -> trial.fresh().clipped().value());
    addFigure("fresh_net_standard_error_bits", trial -> trial.fresh().netStandardError().value());
    addFigure("untrained_net_bits", trial -> trial.untrained().net().value());
    addFigure("untrained_clipped_bits", trial -> trial.untrained().clipped().value());
    addFigure(
        "untrained_net_standard_error_bits", trial -> trial.untrained().netStandardError().value());
  }

  private void addFigure(String name, Function<Finished, @Nullable Double> figure) {
    columns.put(
        name, result -> result instanceof Finished finished ? figure.apply(finished) : null);
  }

  private static @Nullable String ofText(
      TrialResult result, Function<DataSource.TextSource, String> name) {
    return result.specification().data() instanceof DataSource.TextSource text
        ? name.apply(text)
        : null;
  }

  private static @Nullable Double bitsPerParameter(Finished trial) {
    return trial.specification().data() instanceof DataSource.RandomSource
        ? trial.bitsPerParameter().value()
        : null;
  }

  private static @Nullable Double shareOfCeiling(Finished trial) {
    double ceiling = trial.ceiling().value();
    return ceiling > 0 ? trial.training().net().value() / ceiling : null;
  }

  private static @Nullable String reason(TrialResult result) {
    return switch (result) {
      case Finished finished -> null;
      case TrialResult.Diverged diverged -> diverged.reason();
      case TrialResult.Failed failed -> failed.reason();
    };
  }

  /// Appends a row.
  ///
  /// @param order names of the table's columns, in its order
  /// @param number the column `number`, which is no part of a result
  void append(DuckDBAppender rows, List<String> order, long number, TrialResult result)
      throws SQLException {
    rows.beginRow();
    for (String name : order) {
      Value column = columns.get(name);
      if (name.equals("number")) {
        rows.append(number);
      } else if (column == null) {
        throw new SQLException("trials has a column " + name + ", which this Mneme cannot fill");
      } else {
        append(rows, column.apply(result));
      }
    }
    rows.endRow();
  }

  private static void append(DuckDBAppender rows, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> rows.appendNull();
      case String text -> rows.append(text);
      case Integer whole -> rows.append(whole.intValue());
      case Long whole -> rows.append(whole.longValue());
      case Double figure -> rows.append(figure.doubleValue());
      case Boolean truth -> rows.append(truth.booleanValue());
      default -> throw new IllegalStateException("no column holds " + value.getClass());
    }
  }
}
