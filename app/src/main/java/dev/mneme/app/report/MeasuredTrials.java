package dev.mneme.app.report;

import dev.mneme.experiment.TrialResult;
import dev.mneme.law.MeasuredTrial;

/// Finished trials as the laws take them.
public final class MeasuredTrials {
  private MeasuredTrials() {}

  /// One trial on random tokens.
  public static MeasuredTrial of(TrialResult.Finished trial) {
    return new MeasuredTrial(
        trial.specification().model(),
        trial.provenance().engine().precision(),
        RecipeWords.of(trial.specification().plan(), trial.provenance().engine()),
        trial.specification().plan().steps(),
        trial.specification().sequences(),
        trial.specification().seed(),
        trial.training().net(),
        trial.ceiling());
  }
}
