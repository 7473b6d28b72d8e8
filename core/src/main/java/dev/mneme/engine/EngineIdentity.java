package dev.mneme.engine;

/// Names the arithmetic that produced a result. Equal identities give equal bits.
///
/// @param name such as `reference` or `vector`
/// @param numericsVersion raised whenever the engine's arithmetic changes
/// @param vectorBits width of the vectors used, in bits; 64 for scalar double precision
/// @param precision of weights and products, such as `fp32` or `fp64`
public record EngineIdentity(String name, int numericsVersion, int vectorBits, String precision) {
  private static final int SCALAR = 64;

  /// Whether the optimizer keeps weights and moments in double precision, as the reference does
  /// whatever its products are rounded to.
  public boolean keepsDoublePrecision() {
    return vectorBits == SCALAR || precision.equals(Precision.FP64.toString());
  }
}
