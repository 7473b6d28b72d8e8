package dev.mneme.benchmarks;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.unit.CodeLengths;
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

/// Greedy completion with its key-value cache against the same without one, and against scoring the
/// same sequences. V 2048, S 64, 256 sequences; one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC", "-Xmx2g"})
@SuppressWarnings("NullAway.Init") // JMH fills the fields before the first call
public class CompletionBenchmark {
  private static final int VOCABULARY = 2048;
  private static final int LENGTH = 64;
  private static final int SEQUENCES = 256;

  /// The path without a cache is slow, and holds all logits: it gets fewer.
  private static final int UNCACHED_SEQUENCES = 16;

  /// Work done, reported as rates.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /// Completed or scored tokens; those of prefixes do not count.
    public long tokens;
  }

  /// layers x width.
  @Param({"1x32", "2x128"})
  public String shape;

  /// Tokens given.
  @Param({"0", "32"})
  public int prefix;

  private TrainableModel model;
  private TokenDataset data;

  /// Makes model and data.
  @Setup
  public void create() {
    String[] sizes = shape.split("x");
    GptConfig config =
        GptConfig.of(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), VOCABULARY, LENGTH);
    model =
        new VectorEngine()
            .create(
                config,
                new Initialization(0.05, 0.05).draw(ParameterLayout.of(config), new Seed(1)));
    data = RandomTokens.generate(new Seed(1), "data", VOCABULARY, LENGTH, SEQUENCES);
  }

  @Benchmark
  public int[] cached(Work work) {
    work.tokens += (long) SEQUENCES * (LENGTH - prefix);
    return model.complete(TokenBatch.all(data), prefix);
  }

  /// Logits of all positions so far, for every token anew.
  @Benchmark
  public int[] uncached(Work work) {
    work.tokens += (long) UNCACHED_SEQUENCES * (LENGTH - prefix);
    int[] tokens = new int[0];
    for (int length = prefix + 1; length <= LENGTH; length++) {
      int[] longer = new int[UNCACHED_SEQUENCES * length];
      for (int sequence = 0; sequence < UNCACHED_SEQUENCES; sequence++) {
        int[] known = data.sequence(sequence);
        boolean fromData = length == prefix + 1;
        for (int t = 0; t < length - 1; t++) {
          longer[sequence * length + t] = fromData ? known[t] : tokens[sequence * (length - 1) + t];
        }
      }
      double[] logits = model.logits(TokenBatch.all(TokenDataset.of(VOCABULARY, length, longer)));
      for (int sequence = 0; sequence < UNCACHED_SEQUENCES; sequence++) {
        int last = sequence * length + length - 1;
        longer[last] = mostLikely(logits, last * VOCABULARY);
      }
      tokens = longer;
    }
    return tokens;
  }

  private static int mostLikely(double[] logits, int row) {
    int best = 0;
    for (int token = 1; token < VOCABULARY; token++) {
      if (logits[row + token] > logits[row + best]) {
        best = token;
      }
    }
    return best;
  }

  /// Scoring, whatever the prefix.
  @Benchmark
  public CodeLengths codeLengths(Work work) {
    work.tokens += (long) SEQUENCES * LENGTH;
    return model.codeLengths(TokenBatch.all(data));
  }
}
