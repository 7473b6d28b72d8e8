package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import dev.mneme.model.GptConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// What trials will cost on this machine, before they run. Time comes from a short measurement of
/// each model's speed, so it is good to some tens of percent on a machine that is otherwise idle.
///
/// @param trials one entry per trial, in their order
public record CostEstimate(List<Trial> trials) {
  /// Models whose speed is measured; others are taken to be as fast, per multiplication, as these.
  private static final int MEASURED_MODELS = 6;

  private static final Duration FIRST_WARM_UP = Duration.ofSeconds(3);
  private static final Duration LATER_WARM_UP = Duration.ofSeconds(1);
  private static final Duration MOST_EACH = Duration.ofSeconds(12);

  /// One trial's cost.
  ///
  /// @param tokens positions trained on
  /// @param time on one otherwise idle core, scoring included
  /// @param bytes memory at its peak
  public record Trial(TrialSpecification specification, long tokens, Duration time, long bytes) {}

  public CostEstimate {
    trials = List.copyOf(trials);
  }

  /// Measures the speed of each model, the largest share of the work first, and multiplies.
  ///
  /// @param stop once true, measuring ends early and what was measured so far is used
  public static CostEstimate measure(
      Engine engine, List<TrialSpecification> trials, BooleanSupplier stop) {
    Map<GptConfig, Share> shares = new LinkedHashMap<>();
    for (TrialSpecification trial : trials) {
      shares.merge(trial.model(), new Share(trial, TrialCost.of(trial)), Share::plus);
    }
    List<Share> largest =
        shares.values().stream()
            .sorted(Comparator.comparingDouble(Share::work).reversed())
            .limit(MEASURED_MODELS)
            .toList();
    Map<GptConfig, Double> speeds = new HashMap<>(); // multiplications a second
    for (Share share : largest) {
      GptConfig model = share.example().model();
      TrainingSpeed speed =
          TrainingSpeed.inProcessorTime(engine, speeds.isEmpty() ? FIRST_WARM_UP : LATER_WARM_UP);
      double tokens = speed.tokensPerSecond(model, share.example().plan(), MOST_EACH, stop);
      speeds.put(model, tokens * 3 * TrialCost.perToken(model));
    }
    double typical =
        speeds.values().stream().mapToDouble(Double::doubleValue).average().orElse(1e9);
    return new CostEstimate(
        trials.stream()
            .map(trial -> of(trial, speeds.getOrDefault(trial.model(), typical)))
            .toList());
  }

  /// The work of all trials of one model.
  private record Share(TrialSpecification example, double work) {
    Share plus(Share other) {
      return new Share(example, work + other.work);
    }
  }

  private static Trial of(TrialSpecification trial, double multiplicationsPerSecond) {
    double seconds = TrialCost.of(trial) / multiplicationsPerSecond;
    return new Trial(
        trial,
        TrialCost.trainedTokens(trial, trial.plan().steps()),
        Duration.ofMillis((long) Math.min(1e15, Math.ceil(1000 * seconds))),
        TrialMemory.of(trial));
  }

  /// Positions trained on in all trials together.
  public long tokens() {
    return trials.stream().mapToLong(Trial::tokens).sum();
  }

  /// Time of all trials on one core, one after another.
  public Duration coreTime() {
    return trials.stream().map(Trial::time).reduce(Duration.ZERO, Duration::plus);
  }

  /// Time from first to last where some run at a time, the longest first.
  ///
  /// @param parallelism trials at a time, at least 1
  public Duration wallTime(int parallelism) {
    PriorityQueue<Duration> free = new PriorityQueue<>();
    for (int i = 0; i < parallelism; i++) {
      free.add(Duration.ZERO);
    }
    Duration end = Duration.ZERO;
    for (Duration time :
        trials.stream().map(Trial::time).sorted(Comparator.reverseOrder()).toList()) {
      Duration done = free.remove().plus(time);
      free.add(done);
      end = done.compareTo(end) > 0 ? done : end;
    }
    return end;
  }

  /// Memory of the largest trials that may run at a time.
  public long bytes(int parallelism) {
    List<Long> each = new ArrayList<>(trials.stream().map(Trial::bytes).toList());
    each.sort(Comparator.reverseOrder());
    return each.stream().limit(parallelism).mapToLong(Long::longValue).sum();
  }
}
