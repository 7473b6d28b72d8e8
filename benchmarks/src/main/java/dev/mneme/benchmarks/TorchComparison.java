package dev.mneme.benchmarks;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.experiment.EngineProvider;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Training steps of the vector engine against those of libtorch: the same model, batch and
/// optimizer, one thread each, in turn within one process. Tokens per second of the thread's
/// processor time, which other programs disturb less than the wall's; medians over rounds, the
/// ratio being that of each round. With `memory`, the memory of a process that trains one model.
///
/// ```
/// mvn -Ptorch -DskipTests package
/// java @torch/java-options -cp 'benchmarks/target/lib/*' dev.mneme.benchmarks.TorchComparison ROUNDS
/// java @torch/java-options -cp 'benchmarks/target/lib/*' dev.mneme.benchmarks.TorchComparison \
///   memory vector|torch LAYERS WIDTH STEPS [VOCABULARY LENGTH BATCH]
/// ```
public final class TorchComparison {
  private static final Work WORK = new Work(2048, 64, 64);

  /// Processor time that a round gives each engine, in nanoseconds.
  private static final long ROUND = 1_000_000_000;

  private static final int WARM_UP_ROUNDS = 3;

  private TorchComparison() {}

  /// What is trained on.
  ///
  /// @param vocabulary V
  /// @param length S, tokens of a sequence
  /// @param batch sequences of a step
  private record Work(int vocabulary, int length, int batch) {}

  /// Compares speed, or shows memory.
  public static void main(String[] arguments) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length > 0 && arguments[0].equals("memory")) {
      memory(
          arguments[1],
          Integer.parseInt(arguments[2]),
          Integer.parseInt(arguments[3]),
          Integer.parseInt(arguments[4]),
          arguments.length < 8
              ? WORK
              : new Work(
                  Integer.parseInt(arguments[5]),
                  Integer.parseInt(arguments[6]),
                  Integer.parseInt(arguments[7])),
          out);
      return;
    }
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    for (int[] shape : new int[][] {{1, 32}, {2, 64}, {2, 128}, {4, 128}}) {
      compare(shape[0], shape[1], rounds, out);
    }
  }

  private static Engine engine(String name) {
    return name.equals("vector")
        ? new VectorEngine()
        : EngineProvider.named(name)
            .orElseThrow(() -> new IllegalStateException("build with mvn -Ptorch package"))
            .open("cpu", Precision.FP32);
  }

  private static void compare(int layers, int width, int rounds, PrintWriter out) {
    try (Trained vector = new Trained(engine("vector"), layers, width, WORK);
        Trained torch = new Trained(engine("torch"), layers, width, WORK)) {
      double[] vectorRates = new double[rounds];
      double[] torchRates = new double[rounds];
      double[] ratios = new double[rounds];
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        int at = Math.max(0, round);
        for (Trained one : round % 2 == 0 ? List.of(vector, torch) : List.of(torch, vector)) {
          (one == vector ? vectorRates : torchRates)[at] = one.rate();
        }
        ratios[at] = vectorRates[at] / torchRates[at];
      }
      Arrays.sort(ratios);
      out.printf(
          Locale.ROOT,
          "%d x %d: vector %,.0f tokens/s, torch %,.0f, ratio %.2f (%.2f to %.2f)%n",
          layers,
          width,
          median(vectorRates),
          median(torchRates),
          median(ratios),
          ratios[0],
          ratios[rounds - 1]);
    }
  }

  /// Trains one model and prints resident memory of this process as it goes, and its peak.
  private static void memory(
      String name, int layers, int width, int steps, Work work, PrintWriter out)
      throws IOException {
    try (Trained model = new Trained(engine(name), layers, width, work)) {
      for (int step = 1; step <= steps; step++) {
        model.step();
        if (step % Math.max(1, steps / 10) == 0) {
          out.printf(
              Locale.ROOT, "%s %d x %d, step %,d: %s%n", name, layers, width, step, status());
        }
      }
    }
  }

  private static String status() throws IOException {
    return String.join(
        ", ",
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
            .map(line -> line.replaceAll("\\s+", " "))
            .toList());
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  /// A model under way.
  private static final class Trained implements AutoCloseable {
    private final TrainableModel model;
    private final TokenBatch batch;
    private long steps;

    Trained(Engine engine, int layers, int width, Work work) {
      GptConfig config = GptConfig.of(layers, width, work.vocabulary(), work.length());
      this.model =
          engine.create(
              config, new Initialization(0.08, 0.08).draw(ParameterLayout.of(config), new Seed(1)));
      TokenDataset data =
          RandomTokens.generate(
              new Seed(2), "data", work.vocabulary(), work.length(), work.batch());
      this.batch = TokenBatch.all(data);
    }

    void step() {
      steps++;
      model.trainStep(batch, new OptimizerStep(steps, 1e-3, new AdamW(0.9, 0.999, 1e-8, 0)));
    }

    /// Tokens per second of this thread's processor time.
    double rate() {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long taken;
      long tokens = 0;
      do {
        step();
        tokens += batch.positions();
        taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      } while (taken < ROUND);
      return tokens * 1e9 / taken;
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
