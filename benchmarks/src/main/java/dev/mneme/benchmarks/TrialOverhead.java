package dev.mneme.benchmarks;

import dev.mneme.data.RandomTokens;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.ModelSink;
import dev.mneme.experiment.ResumingExecutor;
import dev.mneme.experiment.TrialCheckpoints;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.random.Seed;
import dev.mneme.store.TrialStore;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.Trainer;
import dev.mneme.training.TrainingListener;
import dev.mneme.training.TrainingPlan;
import dev.mneme.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What a trial costs beside its training, and what a second core brings: trials of the paper's
/// smallest shape, run in turn
///
/// 1. as training alone (optimizer steps and the curve along the way),
/// 2. as whole trials without a store (data, scores before and after, fresh data),
/// 3. as `mneme run` does them: store, checkpoints, one thread,
/// 4. the same with two threads.
///
/// Prints medians over rounds of seconds per trial, the difference between them, and the ratio of 3
/// to 4.
///
/// ```
/// java --add-modules jdk.incubator.vector -XX:+UseSerialGC -cp 'benchmarks/target/lib/*' \
///   dev.mneme.benchmarks.TrialOverhead [ROUNDS] [STEPS]
/// ```
public final class TrialOverhead {
  private static final int TRIALS = 4;
  private static final GptConfig MODEL = GptConfig.of(1, 32, 2048, 64);
  private static final int SEQUENCES = 400;

  private final Engine engine = new VectorEngine();
  private final List<TrialSpecification> trials;
  private long nextSeed = 1;

  private TrialOverhead(long steps) {
    TrainingPlan plan =
        new TrainingPlan(
            steps,
            64,
            new LearningRateSchedule(0.01, 0.02, 0.5, LearningRateSchedule.Decay.LINEAR),
            new AdamW(0.9, 0.99, 1e-8, 0),
            new Initialization(0.05, 0.05),
            8);
    this.trials =
        LongStream.range(0, TRIALS)
            .mapToObj(seed -> new TrialSpecification(MODEL, SEQUENCES, plan, seed))
            .toList();
  }

  /// Runs the rounds.
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    long steps = arguments.length > 1 ? Long.parseLong(arguments[1]) : 40;
    TrialOverhead benchmark = new TrialOverhead(steps);
    List<String> names = List.of("training alone", "whole trial", "stored", "stored, 2 threads");
    List<List<Double>> seconds =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Double> ratios = new ArrayList<>();
    for (int round = -2; round < rounds; round++) { // two rounds for the compiler
      double[] taken = {
        benchmark.trainingAlone(), benchmark.wholeTrials(), benchmark.stored(1), benchmark.stored(2)
      };
      if (round >= 0) {
        for (int i = 0; i < taken.length; i++) {
          seconds.get(i).add(taken[i] / TRIALS);
        }
        ratios.add(taken[2] / taken[3]);
      }
    }
    for (int i = 0; i < names.size(); i++) {
      System.out.printf(
          Locale.ROOT, "%-20s %8.1f ms a trial%n", names.get(i), 1000 * median(seconds.get(i)));
    }
    System.out.printf(
        Locale.ROOT,
        "whole trial beyond training %.1f ms, store and checkpoints %.1f ms, one thread to two %.2f"
            + " (pairs: %s)%n",
        1000 * (median(seconds.get(1)) - median(seconds.get(0))),
        1000 * (median(seconds.get(2)) - median(seconds.get(1))),
        median(ratios),
        ratios.stream().map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private double trainingAlone() {
    Trainer trainer = new Trainer(engine);
    double seconds = 0;
    for (TrialSpecification trial : fresh()) {
      Seed seed = new Seed(trial.seed());
      TrainingTask task =
          new TrainingTask(
              MODEL, RandomTokens.generate(seed, "data", 2048, 64, SEQUENCES), trial.plan(), seed);
      try (TrainableModel model = trainer.initialModel(task)) {
        long start = System.nanoTime();
        trainer.train(model, task, TrainingListener.NONE, () -> false);
        seconds += (System.nanoTime() - start) * 1e-9;
      }
    }
    return seconds;
  }

  private double wholeTrials() {
    TrialRunner runner = TrialRunner.on(engine);
    List<TrialSpecification> chosen = fresh();
    long start = System.nanoTime();
    chosen.forEach(trial -> runner.run(trial, TrialListener.NONE, () -> false));
    return (System.nanoTime() - start) * 1e-9;
  }

  private double stored(int threads) throws IOException {
    Path folder = Files.createTempDirectory("overhead");
    TrialCheckpoints checkpoints =
        new TrialCheckpoints(folder.resolve("checkpoints"), Duration.ofMinutes(1));
    try (TrialStore store = TrialStore.open(folder.resolve("store.duckdb"), "benchmark");
        TrialExecutor local =
            new LocalExecutor(
                TrialRunner.on(engine, ModelSink.NONE, checkpoints), threads, Long.MAX_VALUE)) {
      List<TrialSpecification> chosen = fresh();
      long start = System.nanoTime();
      new ResumingExecutor(
              local, store, checkpoints, engine.identity(), ResumingExecutor.Failed.KEEP)
          .run(chosen, TrialListener.NONE, () -> false);
      return (System.nanoTime() - start) * 1e-9;
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /// The trials with seeds that were not used before, so that nothing is known already.
  private List<TrialSpecification> fresh() {
    return trials.stream()
        .map(trial ->
            new TrialSpecification(trial.model(), trial.sequences(), trial.plan(), nextSeed++))
        .toList();
  }
}
