package dev.mneme.app.config;

import dev.mneme.experiment.Experiment;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An experiment file, complete and checked.
///
/// @param experiment its trials
/// @param engines whose arithmetic, and where; one for each precision, and every trial runs on each
/// @param executor where the trials run
/// @param master Spark's master, where Spark is the executor and one was given
/// @param gpusPerTrial GPUs that Spark is asked for, for every trial
/// @param threads trials at a time; one for every processor unless given
/// @param checkpointEvery wall time between two checkpoints of a trial
/// @param repeated trials that the file declares more than once; they run once
public record ExperimentPlan(
    Experiment experiment,
    List<EngineChoice> engines,
    ExecutorName executor,
    Optional<String> master,
    int gpusPerTrial,
    Optional<Integer> threads,
    Duration checkpointEvery,
    int repeated) {
  public ExperimentPlan {
    engines = List.copyOf(engines);
  }

  /// The same with what the command line says instead of the file.
  ///
  /// @throws UsageException naming every mistake
  public ExperimentPlan with(
      Optional<String> otherExecutor, Optional<String> otherMaster, Optional<String> otherThreads) {
    ValueReader reader = new ValueReader();
    ExecutorName chosen =
        otherExecutor
            .flatMap(text -> reader.read(ExperimentSetting.EXECUTOR, new Value(text, "--executor")))
            .orElse(executor);
    Optional<Integer> count =
        otherThreads
            .flatMap(text -> reader.read(Setting.THREADS, new Value(text, "--threads")))
            .or(() -> threads);
    Optional<String> url =
        otherMaster
            .flatMap(text -> reader.read(ExperimentSetting.MASTER, new Value(text, "--master")))
            .or(() -> master);
    if (otherMaster.isPresent() && chosen != ExecutorName.SPARK) {
      reader.note(
          new Problem(
              "--master",
              otherMaster.get() + " beside executor " + chosen,
              "executor spark",
              "Add --executor spark."));
    }
    if (chosen == ExecutorName.SPARK && engines.getFirst().name() == EngineName.TORCH) {
      reader.note(
          new Problem(
              "executor",
              "spark beside engine torch",
              "executor local, or engine vector",
              "Spark's workers are not given libtorch."));
    }
    reader.complain();
    return new ExperimentPlan(
        experiment, engines, chosen, url, gpusPerTrial, count, checkpointEvery, repeated);
  }
}
