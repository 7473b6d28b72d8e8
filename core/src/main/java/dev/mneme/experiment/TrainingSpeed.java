package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.Engine;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.training.TrainingPlan;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Measures how fast an engine trains, on the calling thread: real steps, in windows, until the
/// compiler is done and speed no longer grows. The median of the last windows counts, since before
/// that the code ran up to 30 times slower.
final class TrainingSpeed {
  private static final Duration WINDOW = Duration.ofMillis(500);
  private static final int STEADY_WINDOWS = 4;
  private static final double GAIN = 1.05;

  private final Engine engine;
  private final Duration leastWarmUp;
  private final LongSupplier clock;

  private TrainingSpeed(Engine engine, Duration leastWarmUp, LongSupplier clock) {
    this.engine = engine;
    this.leastWarmUp = leastWarmUp;
    this.clock = clock;
  }

  /// Speed in wall time, as slow as whatever else runs makes it.
  ///
  /// @param leastWarmUp time for the compiler before any speed is believed
  static TrainingSpeed inWallTime(Engine engine, Duration leastWarmUp) {
    return new TrainingSpeed(engine, leastWarmUp, System::nanoTime);
  }

  /// Speed in the time that the calling thread really has a processor, as fast as on an idle
  /// machine, where the system tells that time; in wall time otherwise.
  ///
  /// @param leastWarmUp time for the compiler before any speed is believed
  static TrainingSpeed inProcessorTime(Engine engine, Duration leastWarmUp) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? new TrainingSpeed(engine, leastWarmUp, threads::getCurrentThreadCpuTime)
        : inWallTime(engine, leastWarmUp);
  }

  /// Positions trained per second.
  ///
  /// @param plan its steps are not heeded
  /// @param most wall time that measuring may take
  /// @param stop once true, measuring ends early and what was measured so far is used
  double tokensPerSecond(GptConfig config, TrainingPlan plan, Duration most, BooleanSupplier stop) {
    TrainingPlan endless = plan.withSteps(Long.MAX_VALUE);
    int count = Math.clamp(Math.round(PredictedSize.of(config)), 1, plan.batchSize());
    TokenDataset data =
        RandomTokens.generate(
            new Seed(0), "calibration", config.vocabularySize(), config.contextLength(), count);
    TokenBatch batch = TokenBatch.all(data);
    double[] start = plan.initialization().draw(ParameterLayout.of(config), new Seed(0));
    try (TrainableModel model = engine.create(config, start)) {
      Stopwatch all = new Stopwatch(most);
      long step = 0;
      double best = 0;
      int windowsWithoutGain = 0;
      List<Double> speeds = new ArrayList<>();
      do {
        Stopwatch window = new Stopwatch(shorter(WINDOW, most));
        long begun = clock.getAsLong();
        long tokens = 0;
        do {
          model.trainStep(batch, endless.step(++step, new Seed(0)));
          tokens += batch.positions();
        } while (!window.over() && !stop.getAsBoolean());
        double speed = tokens / (Math.max(1, clock.getAsLong() - begun) * 1e-9);
        windowsWithoutGain = speed > GAIN * best ? 0 : windowsWithoutGain + 1;
        best = Math.max(best, speed);
        speeds.add(speed);
      } while ((windowsWithoutGain < STEADY_WINDOWS || all.elapsed().compareTo(leastWarmUp) < 0)
          && !all.over()
          && !stop.getAsBoolean());
      List<Double> last =
          speeds.subList(Math.max(0, speeds.size() - STEADY_WINDOWS), speeds.size()).stream()
              .sorted()
              .toList();
      return last.get(last.size() / 2);
    }
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static final class Stopwatch {
    private final long startedAt = System.nanoTime();
    private final Duration duration;

    Stopwatch(Duration duration) {
      this.duration = duration;
    }

    Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    boolean over() {
      return elapsed().compareTo(duration) >= 0;
    }
  }
}
