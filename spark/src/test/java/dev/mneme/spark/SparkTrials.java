package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.experiment.ExecutorProvider;
import dev.mneme.experiment.Provenance;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/// Small trials, and what is compared of their outcomes.
final class SparkTrials {
  static final BooleanSupplier NEVER = () -> false;

  private SparkTrials() {}

  static TrialSpecification trial(int width, int sequences, long steps, double rate, long seed) {
    return new TrialSpecification(
        GptConfig.of(1, width, 16, 8),
        sequences,
        new TrainingPlan(
            steps,
            8,
            new LearningRateSchedule(rate, 0.05, 0.3, LearningRateSchedule.Decay.LINEAR),
            new AdamW(0.9, 0.99, 1e-8, 0),
            new Initialization(0.08, 0.08),
            3),
        seed);
  }

  /// Two shapes, several sizes and seeds; one that diverges and one that cannot be done.
  static List<TrialSpecification> mixed() {
    List<TrialSpecification> trials = new ArrayList<>();
    for (int width : new int[] {8, 16}) {
      for (int sequences : new int[] {5, 20}) {
        for (long seed = 1; seed <= 2; seed++) {
          trials.add(trial(width, sequences, 40 + seed, 0.02, seed));
        }
      }
    }
    trials.add(3, trial(8, 20, 60, 1e30, 1));
    trials.add(6, impossible());
    return trials;
  }

  /// Its training set has more tokens than an array has elements.
  static TrialSpecification impossible() {
    return trial(8, 1 << 30, 10, 0.02, 1);
  }

  static ExecutorProvider.Request request(Engine engine, String master, Path folder) {
    return new ExecutorProvider.Request(
        engine.identity(),
        Optional.of(master),
        0,
        folder.resolve("checkpoints"),
        Duration.ofMillis(20));
  }

  /// Runs trials and keeps everything the listener hears.
  static Heard run(TrialExecutor executor, List<TrialSpecification> trials) {
    Heard heard = new Heard();
    heard.results.addAll(executor.run(trials, heard, NEVER));
    return heard;
  }

  /// Everything but wall time.
  static TrialOutcome timeless(TrialOutcome outcome) {
    return new TrialOutcome(timeless(outcome.result()), outcome.scores());
  }

  static TrialResult timeless(TrialResult result) {
    Provenance p = result.provenance();
    Provenance timeless =
        new Provenance(
            p.engine(),
            p.dataHash(),
            p.mnemeVersion(),
            p.java(),
            p.operatingSystem(),
            p.processor(),
            0,
            OptionalDouble.empty(),
            p.trainedTokens());
    return switch (result) {
      case TrialResult.Finished f ->
          new TrialResult.Finished(
              f.specification(),
              f.id(),
              timeless,
              f.training(),
              f.fresh(),
              f.untrained(),
              f.ceiling(),
              f.curve());
      case TrialResult.Diverged d ->
          new TrialResult.Diverged(d.specification(), d.id(), timeless, d.step(), d.reason());
      case TrialResult.Failed f ->
          new TrialResult.Failed(f.specification(), f.id(), timeless, f.reason());
    };
  }

  /// What a listener heard, and what was returned.
  static class Heard implements TrialListener {
    final List<TrialSpecification> started = new ArrayList<>();
    final List<TrialProgress> progress = new ArrayList<>();
    final List<TrialOutcome> ended = new ArrayList<>();
    final List<TrialResult> results = new ArrayList<>();

    @Override
    public synchronized void started(TrialSpecification specification) {
      started.add(specification);
    }

    @Override
    public synchronized void progressed(TrialProgress news) {
      progress.add(news);
    }

    @Override
    public synchronized void ended(TrialOutcome outcome) {
      assertThat(started).contains(outcome.result().specification());
      ended.add(outcome);
    }

    /// Outcomes in the order of the trials, without wall time; every trial exactly once.
    List<TrialOutcome> outcomes(List<TrialSpecification> trials) {
      assertThat(ended)
          .extracting(outcome -> outcome.result().specification())
          .containsExactlyInAnyOrderElementsOf(trials);
      assertThat(started).containsExactlyInAnyOrderElementsOf(trials);
      assertThat(results).extracting(TrialResult::specification).containsExactlyElementsOf(trials);
      return trials.stream()
          .map(trial ->
              ended.stream()
                  .filter(outcome -> outcome.result().specification().equals(trial))
                  .findFirst()
                  .orElseThrow())
          .map(SparkTrials::timeless)
          .toList();
    }
  }
}
