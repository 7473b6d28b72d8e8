package dev.mneme.measure;

import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Lines up runs of all, half, a quarter … of the steps over the seeds that have every length.
public final class RunLengths {
  private RunLengths() {}

  /// One run.
  ///
  /// @param steps optimizer steps
  /// @param seed of data, initialization and order
  /// @param net memorized bits
  public record Run(long steps, long seed, Bits net) {}

  /// The lengths that can be compared, steps ascending. A length that shares no seed with the
  /// longer ones ends the list, so that the last doubling is known wherever half the steps were
  /// run.
  ///
  /// @param runs on one data set size, trained alike, in any order; other lengths are left out
  /// @param fullSteps the longest
  /// @return empty where no run has all steps
  public static List<Runs> compared(Collection<Run> runs, long fullSteps) {
    Shared shared = shared(runs, fullSteps);
    return shared.lengths().reversed().stream()
        .map(steps ->
            new Runs(
                steps,
                runs.stream()
                    .filter(run -> run.steps() == steps && shared.seeds().contains(run.seed()))
                    .sorted(Comparator.comparingLong(Run::seed))
                    .map(run -> run.net().value())
                    .toList()))
        .toList();
  }

  /// The seeds whose runs [#compared] lines up.
  public static Set<Long> comparedSeeds(Collection<Run> runs, long fullSteps) {
    return shared(runs, fullSteps).seeds();
  }

  /// Lengths, steps descending, and the seeds that have all of them.
  private record Shared(List<Long> lengths, Set<Long> seeds) {}

  private static Shared shared(Collection<Run> runs, long fullSteps) {
    List<Long> lengths = new ArrayList<>();
    Set<Long> seeds = seeds(runs, fullSteps);
    for (long steps = fullSteps; steps >= 1; steps /= 2) {
      Set<Long> shared = new HashSet<>(seeds);
      shared.retainAll(seeds(runs, steps));
      if (shared.isEmpty()) {
        break;
      }
      seeds = shared;
      lengths.add(steps);
    }
    return new Shared(lengths, seeds);
  }

  private static Set<Long> seeds(Collection<Run> runs, long steps) {
    return runs.stream()
        .filter(run -> run.steps() == steps)
        .map(Run::seed)
        .collect(Collectors.toSet());
  }
}
