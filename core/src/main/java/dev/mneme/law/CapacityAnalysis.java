package dev.mneme.law;

import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What stored trials of one precision say about capacity: each model's, the line through them, how
/// well the line predicts models that it was not fitted to, and ablations.
///
/// Every capacity is a lower bound at its training budget, and so is the line.
///
/// @param precision such as `fp32`
/// @param capacities every model, by ascending parameters
/// @param fitted those that the line was or would be fitted to
/// @param law empty where fewer than 2 different sizes can be fitted
/// @param heldOut empty where none was held out
/// @param alpha with which ablations are expected: the fitted one, or [#ABLATION_ALPHA]
/// @param ablations may be none
public record CapacityAnalysis(
    String precision,
    List<MeasuredCapacity> capacities,
    List<MeasuredCapacity> fitted,
    Optional<CapacityLaw> law,
    Optional<CapacityComparison> heldOut,
    double alpha,
    List<AblationSeries> ablations) {
  /// Bits per parameter that Morris et al. (arXiv 2505.24832) expect in their ablations.
  public static final double ABLATION_ALPHA = 3.54;

  /// What to work out.
  ///
  /// @param unenclosedToo whether models are fitted whose peak no larger sizes enclose
  /// @param holdOut how many sizes of models, from the largest, to hold out; where empty, a third
  ///   of them, rounded down
  /// @param seed of the bootstrap
  /// @param resamples 100 to 1,000,000
  public record Question(boolean unenclosedToo, OptionalInt holdOut, Seed seed, int resamples) {}

  public CapacityAnalysis {
    capacities = List.copyOf(capacities);
    fitted = List.copyOf(fitted);
    ablations = List.copyOf(ablations);
  }

  /// One analysis for each precision, in alphabetical order.
  ///
  /// @throws dev.mneme.model.InvalidConfigurationException where more is to be held out than leaves
  ///   a line
  public static List<CapacityAnalysis> of(List<MeasuredTrial> trials, Question question) {
    return trials.stream()
        .collect(Collectors.groupingBy(MeasuredTrial::precision, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(same -> ofOnePrecision(same, question))
        .toList();
  }

  private static CapacityAnalysis ofOnePrecision(List<MeasuredTrial> trials, Question question) {
    List<MeasuredCapacity> capacities = MeasuredCapacity.all(trials);
    List<MeasuredCapacity> fitted = new ArrayList<>();
    List<CapacityTrial> points = new ArrayList<>();
    for (MeasuredCapacity capacity : capacities) {
      Optional<List<CapacityTrial>> seeds = capacity.trials();
      if (seeds.isPresent() && (capacity.plateau().enclosed() || question.unenclosedToo())) {
        fitted.add(capacity);
        points.addAll(seeds.get());
      }
    }
    int sizes = sizes(points);
    Optional<CapacityLaw> law =
        sizes < 2
            ? Optional.empty()
            : Optional.of(CapacityLaw.fit(points, question.seed(), question.resamples()));
    int out = question.holdOut().orElse(sizes / 3);
    Optional<CapacityComparison> heldOut =
        law.isEmpty() || out == 0
            ? Optional.empty()
            : Optional.of(
                CapacityComparison.holdingOutLargest(
                    points, out, question.seed(), question.resamples()));
    double alpha = law.map(line -> line.line().slope().mean()).orElse(ABLATION_ALPHA);
    return new CapacityAnalysis(
        trials.getFirst().precision(),
        capacities,
        fitted,
        law,
        heldOut,
        alpha,
        AblationSeries.among(capacities, alpha));
  }

  private static int sizes(List<CapacityTrial> points) {
    return (int) points.stream().mapToLong(CapacityTrial::parameters).distinct().count();
  }
}
