package dev.mneme.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The results of a search, found by specification.
final class Trials {
  private final Map<TrialSpecification, TrialResult> results = new HashMap<>();
  private final Set<Integer> sizes = new TreeSet<>();

  Trials(CapacityPlan plan, List<TrialResult> known) {
    for (TrialResult result : known) {
      results.put(result.specification(), result);
      if (result.specification().plan().steps() == plan.training().steps()) {
        sizes.add(result.specification().sequences());
      }
    }
  }

  /// Every data set size with a full-length trial.
  Set<Integer> sizes() {
    return sizes;
  }

  @Nullable TrialResult of(TrialSpecification trial) {
    return results.get(trial);
  }

  /// Those that have no result yet, each once.
  List<TrialSpecification> missing(List<TrialSpecification> wanted) {
    return wanted.stream().distinct().filter(trial -> !results.containsKey(trial)).toList();
  }

  /// The results of those that finished, in the order asked for.
  List<TrialResult.Finished> finished(List<TrialSpecification> wanted) {
    return wanted.stream()
        .map(results::get)
        .filter(TrialResult.Finished.class::isInstance)
        .map(TrialResult.Finished.class::cast)
        .toList();
  }
}
