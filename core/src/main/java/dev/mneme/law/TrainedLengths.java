package dev.mneme.law;

import dev.mneme.model.GptConfig;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one recipe brought one model to memorize of data sets of one size, for every number of
/// steps it was given. Several of them side by side say what a bit costs, and with which recipe it
/// costs least.
///
/// @param model shape
/// @param precision such as `fp32`
/// @param recipe how all were trained but for their steps, as [MeasuredTrial#recipe]
/// @param sequences N
/// @param lengths one for every number of steps, ascending; at least one
public record TrainedLengths(
    GptConfig model, String precision, String recipe, int sequences, List<MeasuredSize> lengths) {
  /// First the longest training, then the largest mean over its seeds, however many they are.
  private static final Comparator<TrainedLengths> BY_LONGEST =
      Comparator.comparingLong((TrainedLengths one) -> one.longest().steps())
          .thenComparingDouble(one -> one.longest().net().mean());

  public TrainedLengths {
    lengths = List.copyOf(lengths);
  }

  /// For every model, precision and recipe the size N that holds most after the longest training,
  /// and the size with the most lengths, where it is another and has more. By ascending parameters.
  public static List<TrainedLengths> ofEveryRecipe(Collection<MeasuredTrial> trials) {
    record Kind(ModelKey model, String precision, String recipe) {}
    return trials.stream()
        .collect(
            Collectors.groupingBy(
                trial ->
                    new Kind(
                        MeasuredCapacity.key(trial.model()), trial.precision(), trial.recipe()),
                () ->
                    new TreeMap<>(
                        Comparator.comparing(Kind::model)
                            .thenComparing(Kind::precision)
                            .thenComparing(Kind::recipe)),
                MeasuredCapacity.toDistinct()))
        .values()
        .stream()
        .flatMap(TrainedLengths::chosen)
        .toList();
  }

  private static Stream<TrainedLengths> chosen(List<MeasuredTrial> alike) {
    List<TrainedLengths> sizes =
        alike.stream()
            .collect(
                Collectors.groupingBy(MeasuredTrial::sequences, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(TrainedLengths::of)
            .toList();
    TrainedLengths largest = sizes.stream().max(BY_LONGEST).orElseThrow();
    TrainedLengths followed =
        sizes.stream()
            .max(
                Comparator.comparingInt((TrainedLengths one) -> one.lengths().size())
                    .thenComparing(BY_LONGEST))
            .orElseThrow();
    return followed.lengths().size() > largest.lengths().size()
        ? Stream.of(largest, followed)
        : Stream.of(largest);
  }

  private static TrainedLengths of(List<MeasuredTrial> sameSize) {
    MeasuredTrial first = sameSize.getFirst();
    return new TrainedLengths(
        first.model(),
        first.precision(),
        first.recipe(),
        first.sequences(),
        sameSize.stream()
            .collect(Collectors.groupingBy(MeasuredTrial::steps, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(MeasuredSize::new)
            .toList());
  }

  /// What the longest runs brought.
  public MeasuredSize longest() {
    return lengths.getLast();
  }
}
