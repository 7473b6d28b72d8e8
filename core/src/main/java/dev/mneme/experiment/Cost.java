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
    long tokens = 0;
    double operations = 0;
    double seconds = 0;
    boolean measured = true;
    for (TrialResult result : results) {
      Provenance provenance = result.provenance();
      tokens += provenance.trainedTokens();
      operations +=
          TrialCost.trainingOperations(result.specification().model(), provenance.trainedTokens());
      measured &= provenance.coreSeconds().isPresent();
      seconds += provenance.coreSeconds().orElse(0);
    }
    return new Cost(
        results.size(),
        tokens,
        operations,
        measured ? OptionalDouble.of(seconds) : OptionalDouble.empty());
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
