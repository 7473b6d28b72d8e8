package dev.mneme.law;

import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Predicted capacities beside measured ones, for models that the line was not fitted to.
///
/// @param law what predicted
/// @param rows one for each held-out model, by ascending parameters; at least one
public record CapacityComparison(CapacityLaw law, List<Row> rows) {
  /// One model.
  ///
  /// @param name see [CapacityTrial]
  /// @param parameters all trainable ones
  /// @param predicted `α · parameters` with the interval of α over models: where the line is, not
  ///   how far single models scatter around it
  /// @param measured mean and 95% interval over seeds, in bits
  public record Row(String name, long parameters, Estimate<Bits> predicted, Interval measured) {
    /// `(measured − predicted) / predicted`.
    public double relativeError() {
      return measured.mean() / predicted.value().value() - 1;
    }
  }

  public CapacityComparison {
    rows = List.copyOf(rows);
  }

  /// Fits the line to the smaller models and predicts the largest.
  ///
  /// @param sizes how many parameter counts, from the largest, to hold out; at least 1
  /// @param seed of the bootstrap
  /// @param resamples see [CapacityLaw#fit]
  /// @throws dev.mneme.model.InvalidConfigurationException where fewer than 2 sizes remain
  public static CapacityComparison holdingOutLargest(
      List<CapacityTrial> trials, int sizes, Seed seed, int resamples) {
    List<Long> largest =
        trials.stream()
            .map(CapacityTrial::parameters)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .limit(Math.max(0, sizes))
            .toList();
    new Mistakes()
        .require(
            !largest.isEmpty(), "held-out models", sizes, "at least 1", "Hold the largest one out.")
        .check();
    CapacityLaw law =
        CapacityLaw.fit(
            trials.stream().filter(trial -> !largest.contains(trial.parameters())).toList(),
            seed,
            resamples);
    return new CapacityComparison(
        law,
        trials.stream()
            .filter(trial -> largest.contains(trial.parameters()))
            .collect(
                Collectors.groupingBy(
                    trial -> new ModelKey(trial.parameters(), trial.model()),
                    TreeMap::new,
                    Collectors.toList()))
            .entrySet()
            .stream()
            .map(model -> row(law, model.getKey(), model.getValue()))
            .toList());
  }

  private static Row row(CapacityLaw law, ModelKey key, List<CapacityTrial> trials) {
    Interval slope = law.line().slope();
    return new Row(
        key.name(),
        key.parameters(),
        new Estimate<>(
            new Bits(slope.low() * key.parameters()),
            new Bits(slope.mean() * key.parameters()),
            new Bits(slope.high() * key.parameters())),
        SeedStatistics.ofBits(trials.stream().map(CapacityTrial::capacity).toList()));
  }

  /// The largest absolute relative error.
  public double largestError() {
    return rows.stream().mapToDouble(row -> Math.abs(row.relativeError())).max().orElseThrow();
  }
}
