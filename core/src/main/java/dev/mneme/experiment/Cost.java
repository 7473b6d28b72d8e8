package dev.mneme.experiment;

import java.util.Collection;
import java.util.OptionalDouble;

/// What results cost, in two currencies: one that any machine could pay in, and one of this
/// machine.
///
/// @param trials how many
/// @param tokens positions trained on
/// @param operations floating-point operations of the training's matrix products, as
///   [TrialCost#trainingOperations] counts them
/// @param coreSeconds processor time, scoring included; empty where a trial's was not measured
public record Cost(int trials, long tokens, double operations, OptionalDouble coreSeconds) {
  /// The sum over some trials, however they ended.
  public static Cost of(Collection<? extends TrialResult> results) {
    return sum(results.stream().map(Cost::of).toList());
  }

  private static Cost of(TrialResult result) {
    Provenance provenance = result.provenance();
    return new Cost(
        1,
        provenance.trainedTokens(),
        TrialCost.trainingOperations(result.specification().model(), provenance.trainedTokens()),
        provenance.coreSeconds());
  }

  /// All of them together.
  public static Cost sum(Collection<Cost> costs) {
    boolean measured = costs.stream().allMatch(cost -> cost.coreSeconds().isPresent());
    return new Cost(
        costs.stream().mapToInt(Cost::trials).sum(),
        costs.stream().mapToLong(Cost::tokens).sum(),
        costs.stream().mapToDouble(Cost::operations).sum(),
        measured
            ? OptionalDouble.of(
                costs.stream().mapToDouble(cost -> cost.coreSeconds().orElse(0)).sum())
            : OptionalDouble.empty());
  }

  /// The mean over the trials; nothing of everything where there were none.
  public Cost perTrial() {
    return trials <= 1
        ? this
        : new Cost(
            1,
            tokens / trials,
            operations / trials,
            coreSeconds.isPresent()
                ? OptionalDouble.of(coreSeconds.getAsDouble() / trials)
                : OptionalDouble.empty());
  }
}
