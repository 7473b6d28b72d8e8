package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.report.OptimizerWords;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.TrialResult;
import dev.mneme.law.MeasuredTrial;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialFilter;
import dev.mneme.store.TrialStatus;
import dev.mneme.training.TrainingPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a store holds of random tokens, as the law of capacity takes it.
///
/// @param finished trials with their figures, in the order in which they were kept
/// @param diverged how many diverged
/// @param failed how many failed
record StoredMeasurements(List<MeasuredTrial> finished, long diverged, long failed) {
  StoredMeasurements {
    finished = List.copyOf(finished);
  }

  /// Reads them.
  ///
  /// @param purpose the command, see [StoreReader#open]
  /// @param experiment only trials that it asks for
  static StoredMeasurements read(
      StoreOptions store, Program program, String purpose, Optional<String> experiment) {
    try (StoreReader open = store.read(program, purpose)) {
      experiment.ifPresent(name -> LsCommand.requireExperiment(open.experiments(), name));
      TrialFilter filter = experiment.map(TrialFilter.ALL::withExperiment).orElse(TrialFilter.ALL);
      List<MeasuredTrial> finished = new ArrayList<>();
      Map<TrialStatus, Long> ended = new EnumMap<>(TrialStatus.class);
      open.results(
          filter,
          result -> {
            ended.merge(TrialStatus.of(result), 1L, Long::sum);
            if (result instanceof TrialResult.Finished trial
                && trial.specification().data() instanceof DataSource.RandomSource) {
              finished.add(measured(trial));
            }
          });
      return new StoredMeasurements(
          finished,
          ended.getOrDefault(TrialStatus.DIVERGED, 0L),
          ended.getOrDefault(TrialStatus.FAILED, 0L));
    }
  }

  static MeasuredTrial measured(TrialResult.Finished trial) {
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
