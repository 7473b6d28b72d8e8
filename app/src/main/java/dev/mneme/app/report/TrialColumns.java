package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.TrialSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How the trials of one experiment are told apart: by model and data set size always, by other
/// settings only where they differ.
final class TrialColumns {
  /// One setting.
  private record Column(String name, Function<TrialSpecification, String> value) {}

  private static final List<Column> ALWAYS =
      List.of(
          new Column("model", trial -> Summary.name(trial.model())),
          new Column("N", trial -> Numbers.count(trial.sequences())));

  private static final List<Column> WHERE_DIFFERENT =
      List.of(
          new Column("V", trial -> Numbers.count(trial.model().vocabularySize())),
          new Column("S", trial -> Numbers.count(trial.model().contextLength())),
          new Column("steps", trial -> Numbers.count(trial.plan().steps())),
          new Column("batch", trial -> Numbers.count(trial.plan().batchSize())),
          new Column("rate", trial -> Numbers.plain(trial.plan().schedule().peak())),
          new Column("warmup", trial -> Numbers.plain(trial.plan().schedule().warmup())),
          new Column("flat", trial -> Numbers.plain(trial.plan().schedule().flat())),
          new Column(
              "decay",
              trial -> trial.plan().schedule().decay().name().toLowerCase(java.util.Locale.ROOT)),
          new Column("optimizer", trial -> OptimizerWords.of(trial.plan().optimizer())),
          new Column(
              "emb. dev.",
              trial -> Numbers.plain(trial.plan().initialization().embeddingDeviation())),
          new Column(
              "w. dev.", trial -> Numbers.plain(trial.plan().initialization().weightDeviation())),
          new Column("curve", trial -> Numbers.count(trial.plan().curvePoints())));

  private final List<Column> columns = new ArrayList<>(ALWAYS);

  TrialColumns(List<TrialSpecification> trials) {
    for (Column column : WHERE_DIFFERENT) {
      if (trials.stream().map(column.value()).distinct().count() > 1) {
        columns.add(column);
      }
    }
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  List<String> of(TrialSpecification trial) {
    return columns.stream().map(column -> column.value().apply(trial)).toList();
  }
}
