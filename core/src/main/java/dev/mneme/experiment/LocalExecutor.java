package dev.mneme.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs as many single-threaded trials at a time as it has threads and memory for, the longest
/// first. All callers of [#run] share the threads, so that several searches keep all cores busy.
///
/// A trial begins only where its memory, see [TrialMemory], fits beside what the running ones need;
/// a shorter one may then begin before it. One that needs more than there is begins alone.
///
/// Threads are daemons: they do not keep a program alive that wants to end.
public final class LocalExecutor implements TrialExecutor {
  private static final Comparator<Job> LONGEST_FIRST =
      Comparator.comparingDouble(Job::cost).reversed().thenComparing(Job::order);

  private final TrialRunner runner;
  private final List<Thread> workers = new ArrayList<>();
  private final JobQueue<Job> queue;
  private final ReentrantLock listening = new ReentrantLock();
  private final AtomicLong queued = new AtomicLong();
  private volatile boolean closed;

  /// Leaves memory out of account.
  ///
  /// @param runner shared by all threads
  /// @param threads at least 1
  public LocalExecutor(TrialRunner runner, int threads) {
    this(runner, threads, Long.MAX_VALUE);
  }

  /// @param runner shared by all threads
  /// @param threads at least 1
  /// @param memory bytes that all running trials may need together, above 0
  public LocalExecutor(TrialRunner runner, int threads, long memory) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "an executor needs at least 1 thread, but was given " + threads);
    }
    this.runner = runner;
    this.queue = new JobQueue<>(LONGEST_FIRST, Job::bytes, memory);
    for (int i = 0; i < threads; i++) {
      workers.add(Thread.ofPlatform().daemon().name("trial-worker-" + (i + 1)).start(this::work));
    }
  }

  @Override
  public int parallelism() {
    return workers.size();
  }

  /// How many trials wait for a thread.
  int waiting() {
    return queue.size();
  }

  /// {@inheritDoc}
  ///
  /// @throws IllegalStateException where this executor is closed
  @Override
  public List<TrialResult> run(
      List<TrialSpecification> trials, TrialListener listener, BooleanSupplier stop) {
    if (closed) {
      throw new IllegalStateException("this executor is closed");
    }
    Run run = new Run(listener, stop);
    List<Job> jobs = new ArrayList<>();
    for (TrialSpecification trial : trials) {
      jobs.add(
          new Job(
              run,
              trial,
              TrialCost.of(trial),
              TrialMemory.of(trial),
              queued.getAndIncrement(),
              new CompletableFuture<>()));
    }
    queue.addAll(jobs);
    if (closed) {
      releaseWaiting(); // closed between the check and now: nobody else would
    }
    List<TrialResult> results = new ArrayList<>();
    for (Job job : jobs) {
      await(job).ifPresent(results::add);
    }
    run.rethrow();
    return results;
  }

  private Optional<TrialResult> await(Job job) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return job.result.get();
        } catch (InterruptedException e) {
          job.run.abandoned = true; // give the trials up, but keep what is finished
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("workers never complete a trial with an exception", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work() {
    try {
      while (!closed) {
        Job job = queue.take();
        Optional<TrialResult> result = Optional.empty();
        try {
          result = perform(job);
        } finally {
          queue.release(job);
          job.result.complete(result);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private Optional<TrialResult> perform(Job job) {
    Run run = job.run;
    if (run.stopped()) {
      return Optional.empty();
    }
    run.tell(listener -> listener.started(job.trial));
    TrialListener progress =
        new TrialListener() {
          @Override
          public void progressed(TrialProgress news) {
            run.tell(listener -> listener.progressed(news));
          }
        };
    Optional<TrialOutcome> outcome = Optional.empty();
    try {
      outcome = runner.run(job.trial, progress, run::stopped);
    } catch (RuntimeException | Error e) {
      run.fail(
          e); // a runner turns trouble into results; what still escapes is a mistake in the program
    }
    outcome.ifPresent(ended -> run.tell(listener -> listener.ended(ended)));
    return outcome.map(TrialOutcome::result);
  }

  /// Gives up whatever still runs, ends the threads and releases all callers.
  @Override
  public void close() {
    closed = true;
    workers.forEach(Thread::interrupt);
    for (Thread worker : workers) {
      try {
        worker.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    releaseWaiting();
  }

  private void releaseWaiting() {
    queue.drain().forEach(job -> job.result.complete(Optional.empty()));
  }

  private record Job(
      Run run,
      TrialSpecification trial,
      double cost,
      long bytes,
      long order,
      CompletableFuture<Optional<TrialResult>> result) {}

  /// One call of `run`.
  private final class Run {
    private final TrialListener listener;
    private final BooleanSupplier stop;
    private volatile boolean abandoned;
    private volatile @Nullable Throwable failure;

    Run(TrialListener listener, BooleanSupplier stop) {
      this.listener = listener;
      this.stop = stop;
    }

    boolean stopped() {
      return closed || abandoned || stop.getAsBoolean();
    }

    void tell(Consumer<TrialListener> news) {
      listening.lock();
      try {
        news.accept(listener);
      } catch (RuntimeException | Error e) {
        fail(e);
      } finally {
        listening.unlock();
      }
    }

    synchronized void fail(Throwable thrown) {
      if (failure == null) {
        failure = thrown;
      }
      abandoned = true;
    }

    void rethrow() {
      Throwable thrown = failure;
      if (thrown != null) {
        throw new CompletionException("a trial's runner or listener failed: " + thrown, thrown);
      }
    }
  }
}
