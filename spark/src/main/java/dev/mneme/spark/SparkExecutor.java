package dev.mneme.spark;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.TrialCost;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/// Runs each trial as a Spark job of one task, the longest first. A job a trial, not one for all:
/// so a trial that takes its worker down again and again ends alone, every result comes to the
/// driver as soon as it is there, and each comes once.
///
/// A task whose worker is lost is run again on another one, as often as Spark's setting
/// `spark.task.maxFailures` says; where driver and workers see the same files it goes on from its
/// last checkpoint. After that the trial has failed. Everything else that goes wrong outside of a
/// trial ends the run with a [java.util.concurrent.CompletionException].
public final class SparkExecutor implements TrialExecutor {
  /// How long running tasks may take to leave a checkpoint after a stop.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// Trials submitted beyond those that run, so that no worker waits for the driver.
  private static final int WAITING = 32;

  private final JavaSparkContext context;
  private final EngineIdentity engine;
  private final CheckpointFolder folder;
  private final int processorsPerTask;
  private final TaskWatcher watcher = new TaskWatcher();
  private final AtomicLong submitted = new AtomicLong();
  private final ReentrantLock listening = new ReentrantLock();
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock(); // runs share it
  private volatile boolean closed;

  /// Takes over the context and the folder, and closes both in the end.
  ///
  /// @param engine of all trials
  SparkExecutor(JavaSparkContext context, EngineIdentity engine, CheckpointFolder folder) {
    this.context = context;
    this.engine = engine;
    this.folder = folder;
    this.processorsPerTask = Math.max(1, context.getConf().getInt("spark.task.cpus", 1));
    context.sc().addSparkListener(watcher);
  }

  /// {@inheritDoc}
  ///
  /// @throws IllegalStateException where this executor is closed
  @Override
  public List<TrialResult> run(
      List<TrialSpecification> trials, TrialListener listener, BooleanSupplier stop) {
    List<Integer> longestFirst =
        IntStream.range(0, trials.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer number) -> TrialCost.of(trials.get(number)))
                    .reversed())
            .toList();
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this executor is closed");
      }
      return new SparkRun(new Jobs(), engine, trials, listener, stop).run(longestFirst, PATIENCE);
    } finally {
      open.readLock().unlock();
    }
  }

  /// Processors of all workers that are there now, over those that a task takes.
  @Override
  public int parallelism() {
    return Math.max(1, context.defaultParallelism() / processorsPerTask);
  }

  JavaSparkContext context() {
    return context;
  }

  /// Gives up whatever still runs and ends the Spark application.
  @Override
  public void close() {
    closed = true;
    try {
      // runs end by themselves now; one that is stuck in its listener is not waited for forever
      if (open.writeLock().tryLock(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        open.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    context.close();
    folder.close();
  }

  /// What a run is given of this executor.
  private final class Jobs implements SparkRun.Cluster {
    @Override
    public SparkRun.Submitted submit(TrialSpecification trial, TaskWatcher.Watch watch) {
      long number = submitted.incrementAndGet();
      watcher.watch(number, watch);
      ProgressAccumulator progress = new ProgressAccumulator();
      context.sc().register(progress);
      context.setLocalProperty(TaskWatcher.TRIAL, String.valueOf(number));
      try {
        JavaFutureAction<List<byte[]>> answer =
            context
                .parallelize(List.of(TrialJson.writeSpecification(trial)), 1)
                .map(TrialTask.on(engine, folder.forTasks(), progress))
                .collectAsync();
        return new SparkRun.Submitted(answer, () -> watcher.forget(number));
      } finally {
        context.setLocalProperty(TaskWatcher.TRIAL, null);
      }
    }

    @Override
    public int window() {
      return 2 * parallelism() + WAITING;
    }

    @Override
    public void tell(Runnable news) {
      listening.lock();
      try {
        news.run();
      } finally {
        listening.unlock();
      }
    }

    @Override
    public boolean closed() {
      return closed;
    }
  }
}
