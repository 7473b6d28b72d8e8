package dev.mneme.law;

import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import dev.mneme.unit.Bits;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What one model memorized of data sets of one size, all trained alike.
///
/// @param trials one per seed, at least one, by ascending seed
public record MeasuredSize(List<MeasuredTrial> trials) {
  public MeasuredSize {
    if (trials.isEmpty()) {
      throw new IllegalArgumentException("a measured size needs at least 1 trial");
    }
    trials = trials.stream().sorted(Comparator.comparingLong(MeasuredTrial::seed)).toList();
  }

  /// Of several recipes tried at one size the one with more seeds, and among those the one that
  /// memorized more.
  static MeasuredSize best(Collection<MeasuredTrial> sameSize) {
    return sameSize.stream().collect(Collectors.groupingBy(MeasuredTrial::recipe)).values().stream()
        .map(MeasuredSize::new)
        .max(
            Comparator.comparingInt((MeasuredSize size) -> size.trials().size())
                .thenComparingDouble(size -> size.net().mean())
                .thenComparing(MeasuredSize::recipe))
        .orElseThrow();
  }

  /// N.
  public int sequences() {
    return trials.getFirst().sequences();
  }

  /// How all of them were trained.
  public String recipe() {
    return trials.getFirst().recipe();
  }

  /// Optimizer steps.
  public long steps() {
    return trials.getFirst().steps();
  }

  /// Net memorized bits, mean and 95% interval over seeds.
  public Interval net() {
    return SeedStatistics.ofBits(trials.stream().map(MeasuredTrial::net).toList());
  }

  /// Mean over seeds of the most that any model can save.
  public Bits ceiling() {
    return new Bits(
        trials.stream().mapToDouble(trial -> trial.ceiling().value()).average().orElseThrow());
  }

  /// The same with some seeds only.
  MeasuredSize of(Collection<Long> seeds) {
    return new MeasuredSize(trials.stream().filter(trial -> seeds.contains(trial.seed())).toList());
  }

  List<Long> seeds() {
    return trials.stream().map(MeasuredTrial::seed).toList();
  }
}
