package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Runs only those trials that have no result in an archive yet, and keeps every outcome there
/// before anyone hears of it. So what was cut off at any moment goes on where it was: finished
/// trials are skipped, others go on from their checkpoints.
public final class ResumingExecutor implements TrialExecutor {
  /// What to do with trials that failed earlier. A diverged trial is a result like any other: it
  /// would diverge again.
  public enum Failed {
    /// Their failure is their result.
    KEEP,
    /// They are run again.
    RETRY
  }

  private final TrialExecutor executor;
  private final TrialArchive archive;
  private final TrialCheckpoints checkpoints;
  private final EngineIdentity engine;
  private final Failed failed;

  /// @param executor runs what is left
  /// @param checkpoints those of the runner that `executor` uses; discarded once a result is kept
  /// @param engine the identity of the engine that `executor` runs on
  public ResumingExecutor(
      TrialExecutor executor,
      TrialArchive archive,
      TrialCheckpoints checkpoints,
      EngineIdentity engine,
      Failed failed) {
    this.executor = executor;
    this.archive = archive;
    this.checkpoints = checkpoints;
    this.engine = engine;
    this.failed = failed;
  }

  /// {@inheritDoc}
  ///
  /// Results from the archive are among those returned; the listener hears of them as `known`,
  /// before anything runs.
  @Override
  public List<TrialResult> run(
      List<TrialSpecification> trials, TrialListener listener, BooleanSupplier stop) {
    Map<TrialSpecification, String> ids = new HashMap<>();
    trials.forEach(trial -> ids.computeIfAbsent(trial, one -> TrialIdentity.of(one, engine)));
    Map<TrialSpecification, TrialResult> results = new HashMap<>();
    archive
        .find(ids.values())
        .values()
        .forEach(result -> {
          if (counts(result)) {
            results.put(result.specification(), result);
          }
        });
    LinkedHashSet<TrialSpecification> missing = new LinkedHashSet<>();
    for (TrialSpecification trial : new LinkedHashSet<>(trials)) {
      TrialResult known = results.get(trial);
      if (known == null) {
        missing.add(trial);
      } else {
        checkpoints.discard(known.id()); // a kill may have come between keeping and discarding
        listener.known(known);
      }
    }
    executor
        .run(List.copyOf(missing), new Keeper(listener), stop)
        .forEach(result -> results.put(result.specification(), result));
    List<TrialResult> inOrder = new ArrayList<>();
    for (TrialSpecification trial : trials) {
      TrialResult result = results.get(trial);
      if (result != null) {
        inOrder.add(result);
      }
    }
    return inOrder;
  }

  private boolean counts(TrialResult result) {
    return !(result instanceof TrialResult.Failed) || failed == Failed.KEEP;
  }

  @Override
  public int parallelism() {
    return executor.parallelism();
  }

  @Override
  public void close() {
    executor.close();
  }

  /// Keeps what ended, then passes it on.
  private final class Keeper implements TrialListener {
    private final TrialListener listener;

    Keeper(TrialListener listener) {
      this.listener = listener;
    }

    @Override
    public void started(TrialSpecification specification) {
      listener.started(specification);
    }

    @Override
    public void progressed(TrialProgress progress) {
      listener.progressed(progress);
    }

    @Override
    public void ended(TrialOutcome outcome) {
      archive.keep(outcome);
      checkpoints.discard(outcome.result().id());
      listener.ended(outcome);
    }
  }
}
