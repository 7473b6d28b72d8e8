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
public record RemainingGainCheck(List<Row> rows, List<Prediction> forecasts) {
  public RemainingGainCheck {
    rows = List.copyOf(rows);
    forecasts = List.copyOf(forecasts);
  }

  /// What runs of several lengths predict.
  ///
  /// @param model shape
  /// @param precision of weights and products
  /// @param recipe how the runs were trained, as [MeasuredTrial#recipe]
  /// @param sequences N
  /// @param steps of the longest run
  /// @param lengths how many lengths of runs it rests on, at least 3
  /// @param seeds runs of each length
  /// @param net memorized bits of the longest run, mean over seeds
  /// @param gain of ten times the steps
  public record Prediction(
      GptConfig model,
      String precision,
      String recipe,
      int sequences,
      long steps,
      int lengths,
      int seeds,
      Bits net,
      RemainingGain gain) {
    private static final Comparator<Prediction> ORDER =
        Comparator.comparingLong((Prediction one) -> one.model().parameterCount().total())
            .thenComparing(Prediction::precision)
            .thenComparingInt(Prediction::sequences)
            .thenComparingLong(Prediction::steps)
            .thenComparing(Prediction::recipe);

    /// Bits per parameter (all trainable ones) after ten times the steps, for one of the gain's
    /// shares.
    ///
    /// @param share such as `gain().low()`
    public double perParameter(double share) {
      return net.value() * (1 + share) / model.parameterCount().total();
    }
  }

  /// A prediction and what came of it.
  ///
  /// @param predicted from shorter runs
  /// @param measured the gain that ten times the steps brought, as a share of the figure
  public record Row(Prediction predicted, double measured) {
    /// Whether the 95% interval held the gain. A ceiling bound is exact, so the comparison allows
    /// for rounding.
    public boolean held() {
      double rounding = 1e-9;
      RemainingGain gain = predicted.gain();
      return gain.low() - rounding <= measured && measured <= gain.high() + rounding;
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
    List<Prediction> forecasts = new ArrayList<>();
    for (List<MeasuredTrial> alike : kinds.values()) {
      rows.addAll(rows(alike));
      forecast(alike).ifPresent(forecasts::add);
    }
    rows.sort(Comparator.comparing(Row::predicted, Prediction.ORDER));
    forecasts.sort(Prediction.ORDER);
    return new RemainingGainCheck(rows, forecasts);
  }

  private static Optional<Prediction> forecast(List<MeasuredTrial> alike) {
    long steps = alike.stream().mapToLong(MeasuredTrial::steps).max().orElseThrow();
    return prediction(alike, steps);
  }

  /// What runs of some steps and fewer predict; empty where there are too few lengths.
  private static Optional<Prediction> prediction(List<MeasuredTrial> alike, long steps) {
    List<RunLengths.Run> known = runs(alike, steps);
    List<Runs> runs = RunLengths.compared(known, steps);
    if (runs.size() < RemainingGain.LEAST_RUNS || !(runs.getLast().mean() > 0)) {
      return Optional.empty();
    }
    Bits ceiling =
        new MeasuredSize(ofSteps(alike, steps))
            .of(RunLengths.comparedSeeds(known, steps))
            .ceiling();
    MeasuredTrial first = alike.getFirst();
    return Optional.of(
        new Prediction(
            first.model(),
            first.precision(),
            first.recipe(),
            first.sequences(),
            steps,
            runs.size(),
            runs.getLast().net().size(),
            new Bits(runs.getLast().mean()),
            RemainingGain.extrapolate(runs, ceiling.value(), RemainingGain.TEN_TIMES)));
  }

  private static List<MeasuredTrial> ofSteps(List<MeasuredTrial> trials, long steps) {
    return trials.stream().filter(trial -> trial.steps() == steps).toList();
  }

  /// Runs of T, T/2, T/4 and T/8 steps, which is what `capacity` runs.
  private static List<RunLengths.Run> runs(List<MeasuredTrial> alike, long steps) {
    return alike.stream()
        .filter(trial -> 8 * trial.steps() >= steps)
        .map(trial -> new RunLengths.Run(trial.steps(), trial.seed(), trial.net()))
        .toList();
  }

  private static List<Row> rows(List<MeasuredTrial> alike) {
    Set<Long> lengths =
        alike.stream().map(MeasuredTrial::steps).collect(Collectors.toCollection(TreeSet::new));
    List<Row> rows = new ArrayList<>();
    for (long steps : lengths) {
      List<MeasuredTrial> longer = ofSteps(alike, Math.round(RemainingGain.TEN_TIMES * steps));
      Set<Long> seeds = longer.stream().map(MeasuredTrial::seed).collect(Collectors.toSet());
      List<MeasuredTrial> known =
          alike.stream()
              .filter(trial -> trial.steps() <= steps && seeds.contains(trial.seed()))
              .toList();
      prediction(known, steps)
          .map(predicted -> {
            Set<Long> compared = RunLengths.comparedSeeds(runs(known, steps), steps);
            MeasuredSize after = new MeasuredSize(longer).of(compared);
            return new Row(predicted, after.net().mean() / predicted.net().value() - 1);
          })
          .ifPresent(rows::add);
    }
    return rows;
  }
}
