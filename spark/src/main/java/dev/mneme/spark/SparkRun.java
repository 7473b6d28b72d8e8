package dev.mneme.spark;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.MalformedTrialException;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialIdentity;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.InvalidConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One call of [SparkExecutor#run]. All that happens comes through one queue to the thread that
/// called, which alone speaks to the listener and decides what is submitted next.
///
/// Only so many trials are submitted at a time as keep the cluster busy: Spark keeps books on every
/// job, and a trial that is not submitted costs nothing when the run is stopped.
final class SparkRun {
  private static final long MILLISECONDS_BETWEEN_CHECKS = 100;

  /// What the run needs of its executor.
  interface Cluster {
    /// Submits a trial; what its tasks do goes to `watch`.
    Submitted submit(TrialSpecification trial, TaskWatcher.Watch watch);

    /// How many trials may be submitted at a time.
    int window();

    /// Tells a listener something while nobody else does.
    void tell(Runnable news);

    boolean closed();
  }

  /// A trial that Spark was given.
  ///
  /// @param answer of the one task, see [TaskAnswerBytes]
  /// @param forget ends the watch
  record Submitted(Future<List<byte[]>> answer, Runnable forget) {}

  private sealed interface Event {
    int trial();

    record TaskStarted(int trial) implements Event {}

    record TaskProgressed(int trial, TaskProgress progress) implements Event {}

    record TaskEnded(int trial) implements Event {}

    record Answered(int trial, TaskAnswer answer) implements Event {}

    record Unanswered(int trial, Throwable cause) implements Event {}
  }

  private final Cluster cluster;
  private final EngineIdentity engine;
  private final List<TrialSpecification> trials;
  private final TrialListener listener;
  private final BooleanSupplier stop;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<Integer, Submitted> waitedFor = new HashMap<>();
  private final Map<Integer, Submitted> givenUp = new HashMap<>();
  private final Map<Integer, Integer> runningTasks = new HashMap<>();
  private final boolean[] announced;
  private final boolean[] over;
  private final Map<Integer, TrialResult> results = new HashMap<>();
  private boolean interrupted;
  private @Nullable Throwable failure;

  SparkRun(
      Cluster cluster,
      EngineIdentity engine,
      List<TrialSpecification> trials,
      TrialListener listener,
      BooleanSupplier stop) {
    this.cluster = cluster;
    this.engine = engine;
    this.trials = List.copyOf(trials);
    this.listener = listener;
    this.stop = stop;
    this.announced = new boolean[trials.size()];
    this.over = new boolean[trials.size()];
  }

  /// Runs the trials and waits for them.
  ///
  /// @param order numbers of the trials, first to be submitted first
  /// @param patience what running tasks are given to leave a checkpoint after a stop
  List<TrialResult> run(List<Integer> order, Duration patience) {
    int next = 0;
    while (!stopped()) {
      while (next < order.size() && waitedFor.size() < cluster.window()) {
        submit(order.get(next++));
      }
      if (waitedFor.isEmpty()) {
        break;
      }
      handleNext();
    }
    giveUp(patience);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new CompletionException("a run on Spark failed: " + failure.getMessage(), failure);
    }
    List<TrialResult> inOrder = new ArrayList<>();
    for (int trial = 0; trial < trials.size(); trial++) {
      TrialResult result = results.get(trial);
      if (result != null) {
        inOrder.add(result);
      }
    }
    return inOrder;
  }

  private boolean stopped() {
    return failure != null || interrupted || cluster.closed() || stop.getAsBoolean();
  }

  private void submit(int trial) {
    Submitted submitted =
        cluster.submit(
            trials.get(trial),
            new TaskWatcher.Watch() {
              @Override
              public void started() {
                events.add(new Event.TaskStarted(trial));
              }

              @Override
              public void progressed(TaskProgress progress) {
                events.add(new Event.TaskProgressed(trial, progress));
              }

              @Override
              public void ended() {
                events.add(new Event.TaskEnded(trial));
              }
            });
    waitedFor.put(trial, submitted);
    Thread.ofVirtual().start(() -> events.add(await(trial, submitted.answer())));
  }

  private static Event await(int trial, Future<List<byte[]>> answer) {
    try {
      return new Event.Answered(trial, TaskAnswerBytes.read(answer.get().getFirst()));
    } catch (ExecutionException e) {
      return new Event.Unanswered(trial, Optional.ofNullable(e.getCause()).orElse(e));
    } catch (InterruptedException | RuntimeException e) { // such as that of a cancelled job
      return new Event.Unanswered(trial, e);
    }
  }

  /// Cancels what still runs and lets tasks come to their end, for the sake of their checkpoints;
  /// does nothing where nothing runs.
  private void giveUp(Duration patience) {
    long begun = System.nanoTime();
    waitedFor.values().forEach(submitted -> submitted.answer().cancel(true));
    givenUp.putAll(waitedFor);
    while ((!waitedFor.isEmpty() || !runningTasks.isEmpty())
        && System.nanoTime() - begun < patience.toNanos()) {
      handleNext();
    }
    givenUp.values().forEach(submitted -> submitted.forget().run());
  }

  private void handleNext() {
    try {
      Event event = events.poll(MILLISECONDS_BETWEEN_CHECKS, TimeUnit.MILLISECONDS);
      if (event != null && !over[event.trial()]) { // Spark may tell of a task late
        handle(event);
      }
    } catch (InterruptedException e) {
      interrupted = true; // give the trials up, but keep what is finished
    }
  }

  private void handle(Event event) {
    TrialSpecification trial = trials.get(event.trial());
    switch (event) {
      case Event.TaskStarted(int number) -> {
        runningTasks.merge(number, 1, Integer::sum);
        announce(number);
      }
      case Event.TaskProgressed(int number, TaskProgress progress) -> {
        announce(number);
        tell(() ->
            listener.progressed(
                new TrialProgress(
                    trial,
                    progress.step(),
                    trial.plan().steps(),
                    progress.trainedTokens(),
                    progress.bitsPerParameter())));
      }
      case Event.TaskEnded(int number) ->
          runningTasks.computeIfPresent(number, (key, count) -> count > 1 ? count - 1 : null);
      case Event.Answered(int number, TaskAnswer answer) -> answered(number, answer);
      case Event.Unanswered(int number, Throwable cause) -> unanswered(number, cause);
    }
  }

  private void answered(int number, TaskAnswer answer) {
    switch (answer) {
      case TaskAnswer.Ended(TrialOutcome outcome) when answers(number, outcome.result()) ->
          ended(number, outcome);
      case TaskAnswer.Ended(TrialOutcome outcome) ->
          fail(new MalformedTrialException("a worker answered for trial " + outcome.result().id()));
      case TaskAnswer.GivenUp() ->
          fail(new IllegalStateException("a worker gave a trial up that nobody told it to"));
      case TaskAnswer.NoStorage(var problem) -> fail(new StorageException(problem));
      case TaskAnswer.Unfit(var problem) ->
          fail(new InvalidConfigurationException(List.of(problem)));
      case TaskAnswer.Mistake(String trace) ->
          fail(new IllegalStateException("on a worker: " + trace.strip()));
    }
    forget(number);
  }

  private boolean answers(int number, TrialResult result) {
    TrialSpecification trial = trials.get(number);
    return result.specification().equals(trial)
        && result.id().equals(TrialIdentity.of(trial, engine));
  }

  private void unanswered(int number, Throwable cause) {
    if (givenUp.containsKey(number)) {
      waitedFor.remove(number); // its task may still be at work
      return;
    }
    Optional<String> loss = LostTask.reason(cause);
    if (loss.isPresent()) {
      ended(
          number,
          TrialOutcome.of(TrialResult.Failed.unreported(trials.get(number), engine, loss.get())));
    } else {
      fail(cause);
    }
    forget(number);
  }

  private void forget(int number) {
    over[number] = true;
    runningTasks.remove(number);
    Submitted submitted = waitedFor.remove(number);
    if (submitted != null) {
      submitted.forget().run();
    }
  }

  private void ended(int number, TrialOutcome outcome) {
    announce(number);
    results.put(number, outcome.result());
    tell(() -> listener.ended(outcome));
  }

  private void announce(int number) {
    if (!announced[number]) {
      announced[number] = true;
      tell(() -> listener.started(trials.get(number)));
    }
  }

  private void tell(Runnable news) {
    try {
      cluster.tell(news);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }
}
