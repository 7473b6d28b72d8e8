package dev.mneme.law;

import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.List;
import java.util.OptionalDouble;

/// Expected beside measured memorization while sequence length or vocabulary varies (Morris et al.,
/// arXiv 2505.24832, ablations with N = 4096 and α = 3.54).
///
/// @param alpha with which capacities are expected
/// @param rows in the order of the trials
public record Ablation(BitsPerParameter alpha, List<Row> rows) {
  /// One trial.
  ///
  /// @param trial what was measured
  /// @param expected `min(N · S · log2 V, α · parameters)`, the paper's expectation
  /// @param reachable `min(ceiling, α · parameters)`. Lower where the set fits into the model,
  ///   since a training set has no order and even a perfect memorizer pays for one; what to aim at
  public record Row(AblationTrial trial, Bits expected, Bits reachable) {
    /// Whether there is less data than the model could hold.
    public boolean limitedByData() {
      return expected.compareTo(trial.entropy()) >= 0;
    }

    /// Measured over reachable; 1 where all is reached, empty where nothing can be.
    public OptionalDouble shareOfReachable() {
      return reachable.value() > 0
          ? OptionalDouble.of(trial.measured().value() / reachable.value())
          : OptionalDouble.empty();
    }
  }

  public Ablation {
    rows = List.copyOf(rows);
  }

  /// Works the expectations out.
  ///
  /// @param alpha above 0
  public static Ablation of(List<AblationTrial> trials, BitsPerParameter alpha) {
    new Mistakes().requireAlpha(alpha.value()).check();
    return new Ablation(
        alpha, trials.stream().map(trial -> row(trial, alpha.times(trial.parameters()))).toList());
  }

  private static Row row(AblationTrial trial, Bits capacity) {
    return new Row(trial, least(trial.entropy(), capacity), least(trial.ceiling(), capacity));
  }

  private static Bits least(Bits a, Bits b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
