package dev.mneme.app.progress;

import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How much of the work planned so far is done. A search plans its later trials from its earlier
/// ones, so the whole may still grow.
final class Workload {
  private static final double NANOS = 1e9;
  private static final long SPACING_NANOS = 500_000_000L;
  private static final long SETTLING_NANOS = 5_000_000_000L;
  private static final long WINDOW_NANOS = 20_000_000_000L;

  private final Optional<Duration> limit;
  private final LongSupplier clock;
  private final long start;
  private final Map<TrialSpecification, Double> planned = new HashMap<>();
  private final Map<TrialSpecification, TrialProgress> running = new HashMap<>();
  private final Deque<Sample> recent = new ArrayDeque<>();
  private double whole;
  private double done;
  private long endedTokens;

  /// @param clock nanoseconds from any origin
  Workload(Optional<Duration> limit, LongSupplier clock) {
    this.limit = limit;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.recent.add(new Sample(start, 0, 0));
  }

  synchronized void planned(List<TrialSpecification> trials) {
    for (TrialSpecification trial : trials) {
      if (planned.putIfAbsent(trial, cost(trial)) == null) {
        whole += cost(trial);
      }
    }
  }

  /// A trial need not run after all.
  synchronized void known(TrialResult result) {
    Double cost = planned.put(result.specification(), 0.0);
    whole -= cost == null ? 0 : cost;
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

  /// Positions trained on per second lately, in all trials together; 0 until it is known.
  synchronized double tokensPerSecond() {
    Sample now = sample();
    Sample earlier = recent.getFirst();
    double seconds = (now.nanos() - earlier.nanos()) / NANOS;
    return seconds > 0 ? Math.max(0, (now.tokens() - earlier.tokens()) / seconds) : 0;
  }

  /// Time until the work planned so far is done, or until the budget is spent where that is later;
  /// empty until there is something to go by. Goes by the speed of the last seconds: a Java program
  /// begins slowly.
  synchronized Optional<Duration> timeLeft() {
    Sample now = sample();
    Sample earlier = recent.getFirst();
    double seconds = (now.nanos() - earlier.nanos()) / NANOS;
    double work = now.work() - earlier.work();
    if (now.nanos() - start < SETTLING_NANOS || seconds <= 0 || work <= 0) {
      return Optional.empty();
    }
    Duration planned = Duration.ofMillis(Math.round(1000 * (whole - now.work()) / work * seconds));
    return Optional.of(
        limit
            .map(time -> time.minusNanos(now.nanos() - start))
            .filter(rest -> rest.compareTo(planned) > 0)
            .orElse(planned));
  }

  /// How things stand, remembered for the window over which speed is taken.
  private Sample sample() {
    long tokens =
        endedTokens + running.values().stream().mapToLong(TrialProgress::trainedTokens).sum();
    Sample now = new Sample(clock.getAsLong(), tokens, share() * whole);
    if (now.nanos() - recent.getLast().nanos() >= SPACING_NANOS) {
      recent.addLast(now);
    }
    while (recent.size() > 1 && now.nanos() - recent.getFirst().nanos() > WINDOW_NANOS) {
      recent.removeFirst();
    }
    return now;
  }

  private record Sample(long nanos, long tokens, double work) {}

  /// Work of a trial in arbitrary units: positions trained on times parameters.
  private static double cost(TrialSpecification trial) {
    return (double) trial.plan().steps()
        * Math.min(trial.plan().batchSize(), trial.sequences())
        * trial.model().contextLength()
        * trial.model().parameterCount().total();
  }
}
