package dev.mneme.law;

import dev.mneme.measure.RemainingGain;
import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.measure.RunLengths;
import dev.mneme.model.GptConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether extrapolations of the remaining gain held: what runs of up to some number of steps
/// predicted, beside what runs ten times as long then brought.
///
/// @param rows every case that the trials allow, by model, size and steps
public record RemainingGainCheck(List<Row> rows) {
  public RemainingGainCheck {
    rows = List.copyOf(rows);
  }

  /// One prediction and what came of it.
  ///
  /// @param model shape
  /// @param precision of weights and products
  /// @param sequences N
  /// @param steps of the longest run that the prediction knew
  /// @param lengths how many lengths of runs it knew, at least 3
  /// @param seeds runs of each length
  /// @param predicted gain of ten times the steps
  /// @param measured the gain that ten times the steps brought, as a share of the figure
  public record Row(
      GptConfig model,
      String precision,
      int sequences,
      long steps,
      int lengths,
      int seeds,
      RemainingGain predicted,
      double measured) {
    /// Whether the 95% interval held the gain. A ceiling bound is exact, so the comparison allows
    /// for rounding.
    public boolean held() {
      double rounding = 1e-9;
      return predicted.low() - rounding <= measured && measured <= predicted.high() + rounding;
    }
  }

  /// How many of the intervals held, 0 to 1; NaN without rows.
  public double coverage() {
    return rows.stream().mapToDouble(row -> row.held() ? 1 : 0).average().orElse(Double.NaN);
  }

  /// Looks for runs of T, T/2 and T/4 steps (and T/8, where there are some) beside runs of 10 T
  /// steps on the same data, trained alike.
  ///
  /// @param trials in any order
  public static RemainingGainCheck of(List<MeasuredTrial> trials) {
    record Kind(GptConfig model, String precision, String recipe, int sequences) {}
    Map<Kind, List<MeasuredTrial>> kinds =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    trial ->
                        new Kind(
                            trial.model(), trial.precision(), trial.recipe(), trial.sequences()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Row> rows = new ArrayList<>();
    kinds.values().forEach(alike -> rows.addAll(rows(alike)));
    rows.sort(
        Comparator.comparingLong((Row row) -> row.model().parameterCount().total())
            .thenComparing(Row::precision)
            .thenComparingInt(Row::sequences)
            .thenComparingLong(Row::steps));
    return new RemainingGainCheck(rows);
  }

  private static List<Row> rows(List<MeasuredTrial> alike) {
    Set<Long> lengths =
        alike.stream().map(MeasuredTrial::steps).collect(Collectors.toCollection(TreeSet::new));
    List<Row> rows = new ArrayList<>();
    for (long steps : lengths) {
      long longer = Math.round(RemainingGain.TEN_TIMES * steps);
      Set<Long> seeds =
          alike.stream()
              .filter(trial -> trial.steps() == longer)
              .map(MeasuredTrial::seed)
              .collect(Collectors.toSet());
      List<MeasuredTrial> known =
          alike.stream()
              .filter(trial -> trial.steps() <= steps && seeds.contains(trial.seed()))
              .filter(trial -> 8 * trial.steps() >= steps) // what `capacity` runs
              .toList();
      List<Runs> runs =
          RunLengths.compared(
              known.stream()
                  .map(trial -> new RunLengths.Run(trial.steps(), trial.seed(), trial.net()))
                  .toList(),
              steps);
      if (runs.size() >= RemainingGain.LEAST_RUNS && runs.getLast().mean() > 0) {
        rows.add(row(alike, known, runs, steps, longer));
      }
    }
    return rows;
  }

  private static Row row(
      List<MeasuredTrial> alike,
      List<MeasuredTrial> known,
      List<Runs> runs,
      long steps,
      long longer) {
    Set<Long> seeds =
        known.stream()
            .filter(trial -> trial.steps() == steps)
            .map(MeasuredTrial::seed)
            .collect(Collectors.toSet());
    MeasuredTrial first = known.getFirst();
    MeasuredSize after =
        new MeasuredSize(alike.stream().filter(trial -> trial.steps() == longer).toList())
            .of(seeds);
    return new Row(
        first.model(),
        first.precision(),
        first.sequences(),
        steps,
        runs.size(),
        runs.getLast().net().size(),
        RemainingGain.extrapolate(runs, after.ceiling().value(), RemainingGain.TEN_TIMES),
        after.net().mean() / runs.getLast().mean() - 1);
  }
}
