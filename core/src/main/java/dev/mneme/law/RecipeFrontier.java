package dev.mneme.law;

import dev.mneme.model.GptConfig;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The most that one recipe brought one model to memorize, for every number of steps it was given.
/// Several of them side by side say what a bit costs, and with which recipe it costs least.
///
/// @param model shape
/// @param precision such as `fp32`
/// @param recipe how all were trained but for their steps, as [MeasuredTrial#recipe]
/// @param best for every number of steps, ascending, the size N with the largest mean of net bits
///   over its seeds; at least one
public record RecipeFrontier(
    GptConfig model, String precision, String recipe, List<MeasuredSize> best) {
  public RecipeFrontier {
    best = List.copyOf(best);
  }

  /// One for every model, precision and recipe, by ascending parameters.
  public static List<RecipeFrontier> all(Collection<MeasuredTrial> trials) {
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
        .map(RecipeFrontier::of)
        .toList();
  }

  private static RecipeFrontier of(List<MeasuredTrial> alike) {
    MeasuredTrial first = alike.getFirst();
    return new RecipeFrontier(
        first.model(),
        first.precision(),
        first.recipe(),
        alike.stream()
            .collect(Collectors.groupingBy(MeasuredTrial::steps, TreeMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(RecipeFrontier::largest)
            .toList());
  }

  private static MeasuredSize largest(List<MeasuredTrial> sameSteps) {
    return sameSteps.stream()
        .collect(Collectors.groupingBy(MeasuredTrial::sequences, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(MeasuredSize::new)
        .max(Comparator.comparingDouble(size -> size.net().mean()))
        .orElseThrow();
  }

  /// What the longest runs brought.
  public MeasuredSize longest() {
    return best.getLast();
  }
}
