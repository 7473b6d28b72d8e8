package dev.mneme.benchmarks;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whole optimizer steps (forward, backward, AdamW) on V 2048, S 64, batch 64. Run with `-t 1` and
/// `-t 2` to see whether two trials on two cores are twice as fast as one.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 7, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
@SuppressWarnings("NullAway.Init") // JMH fills the fields before the first call
public class TrainStepBenchmark {
  private static final int VOCABULARY = 2048;
  private static final int LENGTH = 64;
  private static final int BATCH = 64;

  /// Work done, reported as rates.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /// Predicted positions.
    public long tokens;

    /// 10^9 floating-point operations: 6 per parameter in products and position, and causal
    /// attention's.
    public double gflop;
  }

  /// layers x width.
  @Param({"1x32", "2x64", "2x128", "4x128"})
  public String shape;

  /// What follows the gradient.
  @Param({"adamw", "muon"})
  public String optimizer = "adamw";

  private TrainableModel model;
  private TokenBatch batch;
  private Optimizer settings = new AdamW(0.9, 0.99, 1e-8, 0);
  private long step;
  private double gflopPerStep;

  /// Makes model and data.
  @Setup
  public void create() {
    String[] sizes = shape.split("x");
    int layers = Integer.parseInt(sizes[0]);
    int width = Integer.parseInt(sizes[1]);
    GptConfig config = GptConfig.of(layers, width, VOCABULARY, LENGTH);
    ParameterLayout layout = ParameterLayout.of(config);
    TokenDataset data = RandomTokens.generate(new Seed(1), "data", VOCABULARY, LENGTH, BATCH);
    model =
        new VectorEngine().create(config, new Initialization(0.05, 0.05).draw(layout, new Seed(1)));
    batch = TokenBatch.all(data);
    if (optimizer.equals("muon")) {
      settings = new Muon(0.95, 0.1, 3, settings.adamW());
    }
    double products = 12.0 * layers * width * width + (double) VOCABULARY * width;
    double attention = 2.0 * layers * width * (LENGTH + 1) / 2;
    gflopPerStep = 6e-9 * (products + attention) * batch.positions();
  }

  /// One step.
  @Benchmark
  public Bits trainStep(Work work) {
    step++;
    work.tokens += batch.positions();
    work.gflop += gflopPerStep;
    return model.trainStep(batch, new OptimizerStep(step, 1e-3, settings));
  }
}
