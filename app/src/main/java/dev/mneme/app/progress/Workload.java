package dev.mneme.app.progress;

import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How much of the work planned so far is done. A search plans its later trials from its earlier
/// ones, so the whole may still grow.
final class Workload {
  private static final double NANOS = 1e9;

  private final Optional<Duration> limit;
  private final LongSupplier clock;
  private final long start;
  private final Map<TrialSpecification, Double> planned = new HashMap<>();
  private final Map<TrialSpecification, TrialProgress> running = new HashMap<>();
  private double whole;
  private double done;
  private long endedTokens;

  /// @param clock nanoseconds from any origin
  Workload(Optional<Duration> limit, LongSupplier clock) {
    this.limit = limit;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  synchronized void planned(List<TrialSpecification> trials) {
    for (TrialSpecification trial : trials) {
      if (planned.putIfAbsent(trial, cost(trial)) == null) {
        whole += cost(trial);
      }
    }
  }

  synchronized void progressed(TrialProgress progress) {
    running.put(progress.specification(), progress);
  }

  synchronized void ended(TrialResult result) {
    running.remove(result.specification());
    endedTokens += result.provenance().trainedTokens();
    done += planned.getOrDefault(result.specification(), 0.0);
  }

  /// Done over planned, 0 to 1.
  synchronized double share() {
    double partly = 0;
    for (Map.Entry<TrialSpecification, TrialProgress> entry : running.entrySet()) {
      partly +=
          planned.getOrDefault(entry.getKey(), 0.0)
              * entry.getValue().step()
              / entry.getValue().steps();
    }
    return whole > 0 ? Math.clamp((done + partly) / whole, 0, 1) : 0;
  }

  /// Positions trained on per second since the start, in all trials together.
  synchronized double tokensPerSecond() {
    long tokens =
        endedTokens + running.values().stream().mapToLong(TrialProgress::trainedTokens).sum();
    double seconds = (clock.getAsLong() - start) / NANOS;
    return seconds > 0 ? tokens / seconds : 0;
  }

  /// Time until the work planned so far is done, or until the budget is spent where that is later;
  /// empty until there is something to go by.
  synchronized Optional<Duration> timeLeft() {
    double seconds = (clock.getAsLong() - start) / NANOS;
    double share = share();
    if (share <= 0.002 || seconds < 1) {
      return Optional.empty();
    }
    Duration planned = Duration.ofMillis(Math.round(1000 * seconds * (1 - share) / share));
    return Optional.of(
        limit
            .map(whole -> whole.minusMillis(Math.round(1000 * seconds)))
            .filter(rest -> rest.compareTo(planned) > 0)
            .orElse(planned));
  }

  /// Work of a trial in arbitrary units: positions trained on times parameters.
  private static double cost(TrialSpecification trial) {
    return (double) trial.plan().steps()
        * Math.min(trial.plan().batchSize(), trial.sequences())
        * trial.model().contextLength()
        * trial.model().parameterCount().total();
  }
}
