package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.TrialResult;
import dev.mneme.law.MeasuredTrial;
import dev.mneme.training.TrainingPlan;
import java.util.Locale;

/// Finished trials as the laws take them.
public final class MeasuredTrials {
  private MeasuredTrials() {}

  /// One trial on random tokens.
  public static MeasuredTrial of(TrialResult.Finished trial) {
    return new MeasuredTrial(
        trial.specification().model(),
        trial.provenance().engine().precision(),
        recipe(trial.specification().plan(), trial.provenance().engine()),
        trial.specification().plan().steps(),
        trial.specification().sequences(),
        trial.specification().seed(),
        trial.training().net(),
        trial.ceiling());
  }

  /// Everything that decides how a trial is trained but for steps, seed and data.
  private static String recipe(TrainingPlan plan, EngineIdentity engine) {
    return String.join(
        ", ",
        "batch " + plan.batchSize(),
        "rate " + Numbers.plain(plan.schedule().peak()),
        "warmup " + Numbers.plain(plan.schedule().warmup()),
        "flat " + Numbers.plain(plan.schedule().flat()),
        plan.schedule().decay().name().toLowerCase(Locale.ROOT),
        OptimizerWords.of(plan.optimizer()),
        "deviations "
            + Numbers.plain(plan.initialization().embeddingDeviation())
            + " and "
            + Numbers.plain(plan.initialization().weightDeviation()),
        "engine "
            + engine.name()
            + " numerics "
            + engine.numericsVersion()
            + " "
            + engine.vectorBits()
            + "-bit");
  }
}
