package dev.mneme.engine.vector.kernel;

import jdk.incubator.vector.FloatVector;

/// The vector widths that kernels exist for. Results depend on the width, in the last digits,
/// because it sets how sums are grouped; it is therefore part of a result's identity.
public enum VectorWidth {
  BITS_128(128),
  BITS_256(256),
  BITS_512(512);

  private final int bits;

  VectorWidth(int bits) {
    this.bits = bits;
  }

  /// The widest vectors that this processor computes with at full speed.
  public static VectorWidth preferred() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return preferred >= 512 ? BITS_512 : preferred == 256 ? BITS_256 : BITS_128;
  }

  /// Width in bits.
  public int bits() {
    return bits;
  }

  /// Single-precision numbers in one vector.
  public int lanes() {
    return bits / Float.SIZE;
  }

  /// Columns of one panel: two vectors.
  public int panelWidth() {
    return 2 * lanes();
  }

  /// Matrix products of this width. Compiled once for all models of a process.
  public Gemm gemm() {
    return kernels().gemm();
  }

  /// Everything else of this width.
  public RowKernels rows() {
    return kernels().rows();
  }

  /// Soft-max and GELU of this width.
  public ExponentialKernels exponentials() {
    return kernels().exponentials();
  }

  private Kernels kernels() {
    return switch (this) {
      case BITS_128 -> Of128.KERNELS;
      case BITS_256 -> Of256.KERNELS;
      case BITS_512 -> Of512.KERNELS;
    };
  }

  /// The kernels of one width: constants without state, made when first used.
  private record Kernels(Gemm gemm, RowKernels rows, ExponentialKernels exponentials) {
    static Kernels of(int bits) {
      return new Kernels(
          Specialization.of(Gemm.class, GemmKernel.class, bits),
          Specialization.of(RowKernels.class, RowKernel.class, bits),
          Specialization.of(ExponentialKernels.class, ExponentialKernel.class, bits));
    }
  }

  private static final class Of128 {
    static final Kernels KERNELS = Kernels.of(128);
  }

  private static final class Of256 {
    static final Kernels KERNELS = Kernels.of(256);
  }

  private static final class Of512 {
    static final Kernels KERNELS = Kernels.of(512);
  }
}
