package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.ExecutorName;
import dev.mneme.app.config.ExperimentPlan;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.progress.ProgressDisplay;
import dev.mneme.engine.Engine;
import dev.mneme.experiment.ExecutorProvider;
import dev.mneme.experiment.Experiment;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.ModelSink;
import dev.mneme.experiment.ResumingExecutor;
import dev.mneme.experiment.TrialCheckpoints;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.store.TrialStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs the trials of an experiment that have no result yet, and keeps what comes of them.
final class ExperimentRun {
  /// The share of Java's memory that running trials may be given; the rest is for everything else.
  private static final double TRIAL_MEMORY = 0.8;

  private final Program program;
  private final CommonOptions options;
  private final StoreOptions storeOptions;

  ExperimentRun(Program program, CommonOptions options, StoreOptions storeOptions) {
    this.program = program;
    this.options = options;
    this.storeOptions = storeOptions;
  }

  /// Bytes that running trials may need together.
  static long trialMemory() {
    return (long) (TRIAL_MEMORY * Runtime.getRuntime().maxMemory());
  }

  /// What came of it.
  ///
  /// @param results one engine after the other, each in the order of the trials; fewer than those
  ///   where it was interrupted
  /// @param known how many of them were there before
  record Finished(List<TrialResult> results, int known) {
    Finished {
      results = List.copyOf(results);
    }
  }

  Finished run(
      ExperimentPlan plan, List<Engine> engines, int parallelism, ResumingExecutor.Failed failed) {
    Experiment experiment = plan.experiment();
    TrialCheckpoints checkpoints =
        new TrialCheckpoints(storeOptions.checkpoints(program), plan.checkpointEvery());
    try (TrialStore store = storeOptions.open(program, "mneme run " + experiment.name())) {
      TrialStore.Registration registration =
          store.register(
              StoreOptions.record(experiment),
              engines.stream()
                  .flatMap(engine -> experiment.ids(engine.identity()).stream())
                  .toList());
      try (ProgressDisplay display =
          new ProgressDisplay(program.standard(), options.quiet(), Optional.empty())) {
        display.say(
            "Keeping results in "
                + storeOptions.file(program)
                + "  (Ctrl-C stops; the same command goes on)");
        if (registration == TrialStore.Registration.REPLACED) {
          display.say(
              "Experiment "
                  + experiment.name()
                  + " was declared otherwise before; its name now stands for this file. Trials of"
                  + " before stay in the store");
        }
        display.plannedAll(
            engines.stream().flatMap(engine -> experiment.trials().stream()).toList());
        Watcher watcher = new Watcher(display);
        List<TrialResult> results = new ArrayList<>();
        for (Engine engine : engines) {
          try (TrialExecutor workers = executor(plan, engine, parallelism, checkpoints)) {
            results.addAll(
                new ResumingExecutor(workers, store, checkpoints, engine.identity(), failed)
                    .run(experiment.trials(), watcher, program.stop()));
          }
        }
        return new Finished(results, watcher.known);
      }
    }
  }

  private TrialExecutor executor(
      ExperimentPlan plan, Engine engine, int parallelism, TrialCheckpoints checkpoints) {
    if (plan.executor() == ExecutorName.LOCAL) {
      return new LocalExecutor(
          TrialRunner.on(engine, ModelSink.NONE, checkpoints), parallelism, trialMemory());
    }
    String name = plan.executor().toString();
    ExecutorProvider provider =
        ExecutorProvider.named(name)
            .orElseThrow(() ->
                new UsageException(
                    "executor",
                    name + ", which this program was started without",
                    "an executor that is there: local",
                    "Say --executor " + name + " on the command line: ./mneme then adds it."));
    try {
      return provider.open(
          new ExecutorProvider.Request(
              engine.identity(),
              plan.master(),
              plan.gpusPerTrial(),
              storeOptions.checkpoints(program).toAbsolutePath(),
              plan.checkpointEvery()));
    } catch (InvalidConfigurationException e) {
      throw new UsageException(e.problems());
    }
  }

  /// Counts what was known and shows the rest.
  private static final class Watcher implements TrialListener {
    private final ProgressDisplay display;
    private int known;
    private boolean announced;

    Watcher(ProgressDisplay display) {
      this.display = display;
    }

    @Override
    public void known(TrialResult result) {
      known++;
      display.known(result);
    }

    @Override
    public void progressed(TrialProgress progress) {
      display.progressed(progress);
    }

    @Override
    public void started(TrialSpecification specification) {
      if (known > 0 && !announced) {
        display.say(Numbers.plural(known, "trial") + " known from earlier runs");
      }
      announced = true;
    }

    @Override
    public void ended(TrialOutcome outcome) {
      display.ended(outcome);
    }
  }
}
