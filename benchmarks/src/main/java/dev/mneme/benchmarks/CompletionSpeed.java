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
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// Greedy completion with its key-value cache against the same without one, and against scoring the
/// same sequences: tokens per second of one thread's processor time, which other programs disturb
/// less than the wall's. Prints medians over rounds, in which all paths take turns.
///
/// ```
/// java --add-modules jdk.incubator.vector -XX:+UseSerialGC -cp 'benchmarks/target/lib/*' \
///   dev.mneme.benchmarks.CompletionSpeed [ROUNDS]
/// ```
public final class CompletionSpeed {
  private static final int VOCABULARY = 2048;
  private static final int LENGTH = 64;
  private static final int SEQUENCES = 256;

  /// The path without a cache is slow and holds all logits: it gets fewer.
  private static final int UNCACHED_SEQUENCES = 16;

  private static final int[] PREFIXES = {0, 8, 32};

  private final TrainableModel model;
  private final TokenDataset data =
      RandomTokens.generate(new Seed(1), "data", VOCABULARY, LENGTH, SEQUENCES);

  private CompletionSpeed(int layers, int width) {
    GptConfig config = GptConfig.of(layers, width, VOCABULARY, LENGTH);
    ParameterLayout layout = ParameterLayout.of(config);
    this.model =
        new VectorEngine().create(config, new Initialization(0.05, 0.05).draw(layout, new Seed(1)));
  }

  /// Runs both shapes.
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    for (int[] shape : new int[][] {{1, 32}, {2, 128}}) {
      new CompletionSpeed(shape[0], shape[1]).measure(rounds, shape[0] + " x " + shape[1], out);
    }
  }

  private void measure(int rounds, String shape, PrintWriter out) {
    double[] scored = new double[rounds];
    double[][] cached = new double[PREFIXES.length][rounds];
    double[][] uncached = new double[PREFIXES.length][rounds];
    TokenBatch all = TokenBatch.all(data);
    TokenBatch few = TokenBatch.range(data, 0, UNCACHED_SEQUENCES);
    for (int round = -5; round < rounds; round++) { // five rounds for the compiler
      int at = Math.max(0, round);
      scored[at] = rate(SEQUENCES * LENGTH, () -> model.codeLengths(all));
      for (int i = 0; i < PREFIXES.length; i++) {
        int prefix = PREFIXES[i];
        int suffix = LENGTH - prefix;
        cached[i][at] = rate(SEQUENCES * suffix, () -> model.complete(all, prefix));
        uncached[i][at] = rate(UNCACHED_SEQUENCES * suffix, () -> uncached(few, prefix));
      }
    }
    out.printf(Locale.ROOT, "%s: scoring %,.0f tokens/s%n", shape, median(scored));
    for (int i = 0; i < PREFIXES.length; i++) {
      out.printf(
          Locale.ROOT,
          "%s, prefix %d: completed tokens/s with cache %,.0f, without %,.0f, ratio %.1f%n",
          shape,
          PREFIXES[i],
          median(cached[i]),
          median(uncached[i]),
          median(cached[i]) / median(uncached[i]));
    }
  }

  private static double rate(int tokens, Runnable work) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return tokens * 1e9 / (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  /// Logits of all positions so far, for every token anew.
  private int[] uncached(TokenBatch batch, int prefix) {
    int[][] tokens = new int[batch.size()][];
    for (int sequence = 0; sequence < tokens.length; sequence++) {
      tokens[sequence] = batch.data().sequence(batch.indices()[sequence]);
    }
    for (int t = prefix; t < LENGTH; t++) {
      int length = t + 1;
      int[] flat = new int[tokens.length * length];
      for (int sequence = 0; sequence < tokens.length; sequence++) {
        System.arraycopy(tokens[sequence], 0, flat, sequence * length, length);
      }
      double[] logits = model.logits(TokenBatch.all(TokenDataset.of(VOCABULARY, length, flat)));
      for (int sequence = 0; sequence < tokens.length; sequence++) {
        tokens[sequence][t] = mostLikely(logits, (sequence * length + t) * VOCABULARY);
      }
    }
    return Arrays.stream(tokens).flatMapToInt(Arrays::stream).toArray();
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
}
