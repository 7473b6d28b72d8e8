package dev.mneme.law;

import dev.mneme.measure.Convergence;
import dev.mneme.measure.ConvergenceTest;
import dev.mneme.measure.Plateau;
import dev.mneme.measure.PlateauTest;
import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.measure.RunLengths;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The capacity of one model as stored trials show it: a lower bound at a training budget.
///
/// 1. Only trials with the largest number of steps that any trial of this model has count.
/// 2. At every size N, of several recipes the one with more seeds counts, and among those the one
///    that memorized more.
/// 3. The peak is the N with the largest mean over seeds of net bits. Sizes are compared over the
///    seeds that all of them have, so that all are judged by the same draws of luck; where no seed
///    is at every size, over all seeds of each.
/// 4. The capacity is the mean at the peak over all its seeds.
///
/// @param model shape
/// @param precision such as `fp32`
/// @param sizes what counts, by ascending N; at least one
/// @param peak the size with the largest mean
/// @param plateau whether smaller and larger sizes enclose the peak
/// @param convergence growth at the peak from stored trials of half the steps, a quarter and so on,
///   trained alike
/// @param withFewerSteps trials left out by rule 1
/// @param withOtherRecipes trials left out by rule 2
public record MeasuredCapacity(
    GptConfig model,
    String precision,
    List<MeasuredSize> sizes,
    MeasuredSize peak,
    Plateau plateau,
    Convergence convergence,
    int withFewerSteps,
    int withOtherRecipes) {
  private static final double JAMMED_BELOW = 0.95;

  public MeasuredCapacity {
    sizes = List.copyOf(sizes);
  }

  /// Every model of one precision, by ascending parameters.
  ///
  /// @throws IllegalArgumentException where trials differ in precision
  public static List<MeasuredCapacity> all(List<MeasuredTrial> trials) {
    if (trials.stream().map(MeasuredTrial::precision).distinct().count() > 1) {
      throw new IllegalArgumentException("capacities of several precisions do not compare");
    }
    return trials.stream()
        .collect(Collectors.groupingBy(trial -> key(trial.model()), TreeMap::new, toDistinct()))
        .values()
        .stream()
        .map(MeasuredCapacity::of)
        .toList();
  }

  /// Trials that differ in how often they were scored along the way are the same trial.
  static java.util.stream.Collector<MeasuredTrial, ?, List<MeasuredTrial>> toDistinct() {
    return Collectors.collectingAndThen(
        Collectors.toMap(
            trial -> List.of(trial.recipe(), trial.steps(), trial.sequences(), trial.seed()),
            Function.identity(),
            (first, second) -> first),
        map -> List.copyOf(map.values()));
  }

  private static MeasuredCapacity of(List<MeasuredTrial> trials) {
    long steps = trials.stream().mapToLong(MeasuredTrial::steps).max().orElseThrow();
    List<MeasuredTrial> full = trials.stream().filter(trial -> trial.steps() == steps).toList();
    List<MeasuredSize> sizes =
        full.stream()
            .collect(Collectors.groupingBy(MeasuredTrial::sequences, TreeMap::new, toBest()))
            .values()
            .stream()
            .toList();
    List<PlateauTest.Size> compared = compared(sizes);
    MeasuredSize peak = sizes.get(PlateauTest.peakIndex(compared));
    int kept = sizes.stream().mapToInt(size -> size.trials().size()).sum();
    return new MeasuredCapacity(
        trials.getFirst().model(),
        trials.getFirst().precision(),
        sizes,
        peak,
        PlateauTest.judge(compared),
        convergence(peak, trials),
        trials.size() - full.size(),
        full.size() - kept);
  }

  private static java.util.stream.Collector<MeasuredTrial, ?, MeasuredSize> toBest() {
    return Collectors.collectingAndThen(Collectors.toList(), MeasuredSize::best);
  }

  private static List<PlateauTest.Size> compared(List<MeasuredSize> sizes) {
    Set<Long> common = new HashSet<>(sizes.getFirst().seeds());
    sizes.forEach(size -> common.retainAll(size.seeds()));
    List<PlateauTest.Size> compared = new ArrayList<>();
    for (MeasuredSize size : sizes) {
      MeasuredSize judged = common.isEmpty() ? size : size.of(common);
      compared.add(new PlateauTest.Size(size.sequences(), new Bits(judged.net().mean())));
    }
    return compared;
  }

  private static Convergence convergence(MeasuredSize peak, Collection<MeasuredTrial> trials) {
    List<RunLengths.Run> runs =
        trials.stream()
            .filter(trial -> trial.sequences() == peak.sequences())
            .filter(trial -> trial.recipe().equals(peak.recipe()))
            .filter(trial -> peak.seeds().contains(trial.seed()))
            .map(trial -> new RunLengths.Run(trial.steps(), trial.seed(), trial.net()))
            .toList();
    List<Runs> lengths = RunLengths.compared(runs, peak.steps());
    if (lengths.size() < 2) {
      return Convergence.notMeasured(
          ConvergenceTest.DEFAULT_TOLERANCE,
          "No trial with half the steps is stored for the peak, so growth is not known.");
    }
    return ConvergenceTest.judge(lengths, peak.ceiling(), ConvergenceTest.DEFAULT_TOLERANCE);
  }

  /// A name that no other model has: layers, width, heads, V and S, and whether the head is tied.
  static ModelKey key(GptConfig model) {
    return new ModelKey(
        model.parameterCount().total(),
        model.layers()
            + "x"
            + model.width()
            + "x"
            + model.heads()
            + " V "
            + model.vocabularySize()
            + " S "
            + model.contextLength()
            + (model.tiedHead() ? "" : " untied"));
  }

  /// All trainable parameters.
  public long parameters() {
    return model.parameterCount().total();
  }

  /// Optimizer steps of everything that counts.
  public long steps() {
    return peak.steps();
  }

  /// Whether the largest size measured is the peak, so that memorization still rose.
  public boolean peakIsLargestSize() {
    return peak.sequences() == sizes.getLast().sequences();
  }

  /// Whether one of the next two larger sizes holds more than 5% less than the peak: such runs have
  /// jammed, and other learning rates may raise them, perhaps above the peak.
  public boolean jamsBeyondPeak() {
    return sizes.stream()
        .filter(size -> size.sequences() > peak.sequences())
        .limit(Plateau.NEEDED_LARGER)
        .anyMatch(size -> size.net().mean() < JAMMED_BELOW * peak.net().mean());
  }

  /// The capacities of the seeds at the peak; empty where one of them memorized nothing.
  Optional<List<CapacityTrial>> trials() {
    ModelKey key = key(model);
    return peak.trials().stream().anyMatch(trial -> trial.net().value() <= 0)
        ? Optional.empty()
        : Optional.of(
            peak.trials().stream()
                .map(trial ->
                    new CapacityTrial(key.name(), key.parameters(), trial.seed(), trial.net()))
                .toList());
  }
}
