package dev.mneme.law;

import dev.mneme.measure.RemainingGain;
import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.measure.RunLengths;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether extrapolations of the remaining gain held: what runs of up to some number of steps
/// predicted, beside what runs ten times as long then brought; and what the longest runs predict
/// where nothing longer was run.
///
/// @param rows every case that the trials allow, by model, size and steps
/// @param forecasts one for every size and recipe whose longest runs predict what is not measured,
///   by model and size
public record RemainingGainCheck(List<Row> rows, List<Forecast> forecasts) {
  public RemainingGainCheck {
    rows = List.copyOf(rows);
    forecasts = List.copyOf(forecasts);
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

  /// A prediction that nothing is there to check against.
  ///
  /// @param model shape
  /// @param precision of weights and products
  /// @param recipe how the runs were trained, as [MeasuredTrial#recipe]
  /// @param sequences N
  /// @param steps of the longest run
  /// @param lengths how many lengths of runs it rests on, at least 3
  /// @param seeds runs of each length
  /// @param net memorized bits of the longest run, mean over seeds
  /// @param predicted gain of ten times the steps
  public record Forecast(
      GptConfig model,
      String precision,
      String recipe,
      int sequences,
      long steps,
      int lengths,
      int seeds,
      Bits net,
      RemainingGain predicted) {
    /// Bits per parameter (all trainable ones) after ten times the steps, for one of the
    /// prediction's shares.
    ///
    /// @param share such as `predicted().low()`
    public double perParameter(double share) {
      return net.value() * (1 + share) / model.parameterCount().total();
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
    List<Forecast> forecasts = new ArrayList<>();
    for (List<MeasuredTrial> alike : kinds.values()) {
      rows.addAll(rows(alike));
      forecast(alike).ifPresent(forecasts::add);
    }
    rows.sort(
        Comparator.comparingLong((Row row) -> row.model().parameterCount().total())
            .thenComparing(Row::precision)
            .thenComparingInt(Row::sequences)
            .thenComparingLong(Row::steps));
    forecasts.sort(
        Comparator.comparingLong((Forecast one) -> one.model().parameterCount().total())
            .thenComparing(Forecast::precision)
            .thenComparingInt(Forecast::sequences)
            .thenComparing(Forecast::recipe));
    return new RemainingGainCheck(rows, forecasts);
  }

  /// What the longest of some runs predict; empty where there are too few lengths.
  private static Optional<Forecast> forecast(List<MeasuredTrial> alike) {
    long steps = alike.stream().mapToLong(MeasuredTrial::steps).max().orElseThrow();
    List<Runs> runs = compared(alike, steps);
    if (runs.size() < RemainingGain.LEAST_RUNS || !(runs.getLast().mean() > 0)) {
      return Optional.empty();
    }
    MeasuredSize longest =
        new MeasuredSize(alike.stream().filter(trial -> trial.steps() == steps).toList());
    MeasuredTrial first = alike.getFirst();
    return Optional.of(
        new Forecast(
            first.model(),
            first.precision(),
            first.recipe(),
            first.sequences(),
            steps,
            runs.size(),
            runs.getLast().net().size(),
            new Bits(runs.getLast().mean()),
            RemainingGain.extrapolate(runs, longest.ceiling().value(), RemainingGain.TEN_TIMES)));
  }

  /// Runs of T, T/2, T/4 and T/8 steps, which is what `capacity` runs.
  private static List<Runs> compared(List<MeasuredTrial> alike, long steps) {
    return RunLengths.compared(
        alike.stream()
            .filter(trial -> 8 * trial.steps() >= steps)
            .map(trial -> new RunLengths.Run(trial.steps(), trial.seed(), trial.net()))
            .toList(),
        steps);
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
              .toList();
      List<Runs> runs = compared(known, steps);
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
