package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import dev.mneme.training.TrainingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/// Turns a budget into numbers of steps before any trial exists.
///
/// Wall time is shared equally by the models. Each model is trained on this machine with all
/// threads at work until its speed is known; a trial's steps are what fits into the model's share
/// when the plan's expected number of trials is run, with a margin for scoring, for waiting at the
/// end of a round and for sizes that have to be added. The time spent here counts.
public final class Calibrator {
  /// The share of the wall time that is planned; the rest is for what cannot be foreseen.
  static final double PLANNED_SHARE = 0.85;

  private static final Duration LEAST_WARM_UP = Duration.ofSeconds(3);
  private static final Duration MOST = Duration.ofSeconds(20);

  private final Engine engine;
  private final int threads;

  /// @param threads how many trials will run at a time, at least 1
  public Calibrator(Engine engine, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "calibration needs at least 1 thread, but was given " + threads);
    }
    this.engine = engine;
    this.threads = threads;
  }

  /// Chooses the steps of every task. A number of steps is taken as it is, without measuring.
  ///
  /// @param tasks their plans' steps are replaced
  /// @param stop once true, measuring ends early and what was measured so far is used
  public Calibration calibrate(List<CapacityTask> tasks, Budget budget, BooleanSupplier stop) {
    return switch (budget) {
      case Budget.Steps steps ->
          new Calibration(
              tasks.stream().map(task -> withSteps(task, steps.count())).toList(), List.of());
      case Budget.WallTime time -> measure(tasks, time.duration(), stop);
    };
  }

  private Calibration measure(List<CapacityTask> tasks, Duration budget, BooleanSupplier stop) {
    long startedAt = System.nanoTime();
    List<Double> speeds = new ArrayList<>();
    for (CapacityTask task : tasks) {
      speeds.add(tokensPerSecond(task, cap(budget, tasks.size()), stop));
    }
    Duration left = budget.minusNanos(System.nanoTime() - startedAt);
    Duration share =
        (left.isNegative() ? Duration.ZERO : left).dividedBy(Math.max(1, tasks.size()));
    List<CapacityTask> chosen = new ArrayList<>();
    List<Calibration.Measured> measured = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      CapacityTask task = tasks.get(i);
      long steps = steps(task, speeds.get(i), threads, share);
      chosen.add(withSteps(task, steps));
      measured.add(
          new Calibration.Measured(
              task.model(), speeds.get(i), expectedTrials(task.plan()), steps, share));
    }
    return new Calibration(chosen, measured);
  }

  private static CapacityTask withSteps(CapacityTask task, long steps) {
    return new CapacityTask(task.model(), task.plan().withSteps(steps));
  }

  /// A fifth of a model's share at most goes into measuring its speed, and never more than [#MOST].
  private static Duration cap(Duration budget, int models) {
    return TrainingSpeed.shorter(MOST, budget.dividedBy(5L * Math.max(1, models)));
  }

  /// Full-length trials' worth of work that a plan leads to: every size of the grid and two more,
  /// the other seeds at the peak, shorter runs by their share, and one sweep.
  static double expectedTrials(CapacityPlan plan) {
    double scan = Math.min(plan.maximumSizes(), plan.grid().size() + 2.0) * plan.scanSeeds();
    double rest = plan.seeds().size() - plan.scanSeeds();
    double sweep = plan.sweep().size() * (double) plan.scanSeeds();
    return scan + rest + plan.shorterWork() * plan.halfStepSeeds() + sweep;
  }

  /// How many full-length trials one thread does after another: trials come in rounds (the scan,
  /// added sizes, a sweep, the peak), and a round ends with its last trial.
  static double trialTimes(CapacityPlan plan, int threads) {
    double[] rounds = {
      Math.min(plan.maximumSizes(), plan.grid().size()) * (double) plan.scanSeeds(),
      Math.min(plan.maximumSizes() - plan.grid().size(), 2) * (double) plan.scanSeeds(),
      plan.sweep().size() * (double) plan.scanSeeds(),
      plan.seeds().size() - plan.scanSeeds() + plan.shorterWork() * plan.halfStepSeeds()
    };
    double times = 0;
    for (double trials : rounds) {
      times += threads == 1 ? trials : Math.ceil(trials / threads);
    }
    return times;
  }

  /// The steps that fit, at least 1.
  ///
  /// @param tokensPerSecond of one trial while all threads are at work
  /// @param share wall time for all trials of this task
  static long steps(CapacityTask task, double tokensPerSecond, int threads, Duration share) {
    TrainingPlan training = task.plan().training();
    int largest =
        PredictedSize.whole(
            task.model(), task.plan().grid().getLast() * PredictedSize.of(task.model()));
    double length = task.model().contextLength();
    double seconds = PLANNED_SHARE * share.toNanos() * 1e-9;
    double tokensPerTrial = tokensPerSecond * seconds / trialTimes(task.plan(), threads);
    // a scored token costs about a third of a trained one: the forward pass without the backward
    // pass
    double scored = (training.curvePoints() + 3.0) * largest * length / 3;
    double batch = Math.min(training.batchSize(), largest) * length;
    return (long) Math.max(1, (tokensPerTrial - scored) / batch);
  }

  /// Positions trained per second by one of `threads` trials that run at the same time.
  private double tokensPerSecond(CapacityTask task, Duration most, BooleanSupplier stop) {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
      TrainingSpeed speed = TrainingSpeed.inWallTime(engine, LEAST_WARM_UP);
      List<Future<Double>> speeds = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        speeds.add(
            pool.submit(
                () -> speed.tokensPerSecond(task.model(), task.plan().training(), most, stop)));
      }
      double sum = 0;
      for (Future<Double> measured : speeds) {
        sum += measured.get();
      }
      return sum / threads;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring speed; use the stop signal", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("measuring speed failed: " + e.getCause(), e.getCause());
    }
  }
}
