package dev.mneme.benchmarks;

import dev.mneme.engine.vector.kernel.Gemm;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.Gemm.Start;
import dev.mneme.engine.vector.kernel.VectorWidth;
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

/// Matrix products of the shapes that training meets, beside the processor's peak of fused
/// multiply-adds. The counter `gflop` is in 10^9 floating-point operations per second.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@SuppressWarnings("NullAway.Init") // JMH fills the fields before the first call
public class GemmBenchmark {
  /// Floating-point operations done, reported as a rate.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /// 10^9 floating-point operations.
    public double gflop;
  }

  /// rows x k x columns of `C = A · B`; the same buffers serve `C += Aᵀ · B` over `rows`.
  @Param({
    "64x32x64",
    "64x64x256",
    "64x128x512",
    "64x512x128",
    "64x32x2048",
    "64x2048x32",
    "64x2048x128"
  })
  public String shape;

  private final VectorWidth width = VectorWidth.preferred();
  private final Gemm gemm = width.gemm();
  private int rows;
  private int k;
  private int panels;
  private Operand a;
  private Operand b;
  private Operand c;
  private Operand product;
  private int columns;

  /// Fills the operands.
  @Setup
  public void fill() {
    String[] sizes = shape.split("x");
    rows = Integer.parseInt(sizes[0]);
    k = Integer.parseInt(sizes[1]);
    columns = Integer.parseInt(sizes[2]);
    panels = (columns + width.panelWidth() - 1) / width.panelWidth();
    a = matrix(rows, k);
    b = matrix(k, columns);
    c = matrix(rows, columns);
    product = matrix(k, columns);
  }

  private Operand matrix(int matrixRows, int matrixColumns) {
    int panel = width.panelWidth();
    int stride = (matrixRows + panel - 1) / panel * panel * panel;
    float[] data = new float[(matrixColumns + panel - 1) / panel * stride];
    for (int i = 0; i < data.length; i++) {
      data[i] = i % 7 * 1e-3f;
    }
    return new Operand(data, 0, stride);
  }

  /// `C = A · B`.
  @Benchmark
  public float[] multiply(Work work) {
    gemm.multiply(rows, panels, k, a, b, c, Start.ZERO, c.data(), 0);
    work.gflop += 2e-9 * rows * k * columns;
    return c.data();
  }

  /// `P = Aᵀ · C`, the shape of a weight's gradient.
  @Benchmark
  public float[] multiplyTransposed(Work work) {
    gemm.multiplyTransposed(k, panels, rows, a, c, product, false);
    work.gflop += 2e-9 * rows * k * columns;
    return product.data();
  }
}
