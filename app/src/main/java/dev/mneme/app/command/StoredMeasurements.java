package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.report.MeasuredTrials;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.TrialResult;
import dev.mneme.law.MeasuredTrial;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialFilter;
import dev.mneme.store.TrialStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
              finished.add(MeasuredTrials.of(trial));
            }
          });
      return new StoredMeasurements(
          finished,
          ended.getOrDefault(TrialStatus.DIVERGED, 0L),
          ended.getOrDefault(TrialStatus.FAILED, 0L));
    }
  }
}
