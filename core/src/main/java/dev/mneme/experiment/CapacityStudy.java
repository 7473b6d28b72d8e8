package dev.mneme.experiment;

import dev.mneme.model.GptConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Looks for the capacities of several models at once. Each model's search goes its own way; all
/// share the executor's workers, so that one model's next round fills the gaps of another's.
public final class CapacityStudy {
  private final TrialExecutor executor;

  public CapacityStudy(TrialExecutor executor) {
    this.executor = executor;
  }

  /// Runs all searches to their ends.
  ///
  /// @param listener hears one call at a time
  /// @param stop once true, running trials are given up and the reports say what is known so far
  /// @return one report per task, in their order; the same whatever the number of threads
  /// @throws IllegalStateException where a listener failed, with its exception as the last cause
  public StudyReport run(List<CapacityTask> tasks, StudyListener listener, BooleanSupplier stop) {
    StudyListener oneAtATime = new SerialListener(listener);
    AtomicBoolean failed =
        new AtomicBoolean(); // one search that fails must not wait for the others' ends
    BooleanSupplier stopOrFailed = () -> failed.get() || stop.getAsBoolean();
    List<CapacityReport> reports = new ArrayList<>();
    try (ExecutorService searches = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CapacityReport>> futures = new ArrayList<>();
      for (CapacityTask task : tasks) {
        futures.add(
            searches.submit(() -> {
              boolean ended = false;
              try {
                CapacityReport report = search(task, oneAtATime, stopOrFailed);
                ended = true;
                return report;
              } finally {
                if (!ended) {
                  failed.set(true);
                }
              }
            }));
      }
      try {
        for (Future<CapacityReport> future : futures) {
          reports.add(future.get());
        }
      } finally {
        if (reports.size() < tasks.size()) {
          failed.set(true); // before closing, which waits
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while waiting for trials; use the stop signal", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a search failed: " + e.getCause(), e.getCause());
    }
    return new StudyReport(reports, reports.stream().anyMatch(CapacityReport::interrupted));
  }

  /// Searches, and again with twice the steps for as long as that is worth it and allowed.
  private CapacityReport search(CapacityTask task, StudyListener listener, BooleanSupplier stop) {
    Map<TrialSpecification, TrialResult> known = new LinkedHashMap<>();
    CapacityTask current = task;
    while (true) {
      CapacityReport report = searchOnce(current, known, listener, stop);
      Optional<CapacityPlan> longer = longer(report);
      if (longer.isEmpty()) {
        listener.concluded(report);
        return report;
      }
      current = new CapacityTask(task.model(), longer.get());
    }
  }

  private static Optional<CapacityPlan> longer(CapacityReport report) {
    boolean growing = report.convergence().growth() > report.convergence().tolerance();
    return report.interrupted() || report.plan().doublings() == 0 || !growing
        ? Optional.empty()
        : report
            .peak()
            .map(
                peak -> report.plan().doubled(peak.sequences() / PredictedSize.of(report.model())));
  }

  private CapacityReport searchOnce(
      CapacityTask task,
      Map<TrialSpecification, TrialResult> known,
      StudyListener listener,
      BooleanSupplier stop) {
    CapacitySearch search = new CapacitySearch(task);
    while (true) {
      switch (search.next(List.copyOf(known.values()))) {
        case CapacitySearch.Next.Done done -> {
          return search.report(List.copyOf(known.values()), done.reason(), false);
        }
        case CapacitySearch.Next.Run round -> {
          if (stop.getAsBoolean()) {
            return interrupted(search, known);
          }
          listener.planned(task.model(), round.reason(), round.trials());
          List<TrialResult> results = executor.run(round.trials(), listener, stop);
          results.forEach(result -> known.put(result.specification(), result));
          if (results.size() < round.trials().size()) {
            return interrupted(search, known);
          }
        }
      }
    }
  }

  private static CapacityReport interrupted(
      CapacitySearch search, Map<TrialSpecification, TrialResult> known) {
    return search.report(
        List.copyOf(known.values()), "it was interrupted before the search was over", true);
  }

  /// Lets one caller in at a time.
  private static final class SerialListener implements StudyListener {
    private final StudyListener listener;
    private final ReentrantLock lock = new ReentrantLock();

    SerialListener(StudyListener listener) {
      this.listener = listener;
    }

    private void tell(Consumer<StudyListener> news) {
      lock.lock();
      try {
        news.accept(listener);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void known(TrialResult result) {
      tell(to -> to.known(result));
    }

    @Override
    public void started(TrialSpecification specification) {
      tell(to -> to.started(specification));
    }

    @Override
    public void progressed(TrialProgress progress) {
      tell(to -> to.progressed(progress));
    }

    @Override
    public void ended(TrialOutcome outcome) {
      tell(to -> to.ended(outcome));
    }

    @Override
    public void planned(GptConfig model, String reason, List<TrialSpecification> trials) {
      tell(to -> to.planned(model, reason, trials));
    }

    @Override
    public void concluded(CapacityReport report) {
      tell(to -> to.concluded(report));
    }
  }
}
