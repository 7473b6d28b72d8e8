package dev.mneme.benchmarks;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.random.Seed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long it takes to draw a data set of random tokens, per token.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class RandomTokensBenchmark {
  private static final int VOCABULARY_SIZE = 2048;
  private static final int SEQUENCE_LENGTH = 64;
  private static final int SEQUENCES = 1000;

  private final Seed seed = new Seed(1);

  @Benchmark
  @OperationsPerInvocation(SEQUENCES * SEQUENCE_LENGTH)
  public TokenDataset generate() {
    return RandomTokens.generate(seed, "data", VOCABULARY_SIZE, SEQUENCE_LENGTH, SEQUENCES);
  }
}
