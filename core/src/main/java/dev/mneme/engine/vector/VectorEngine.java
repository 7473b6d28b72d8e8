package dev.mneme.engine.vector;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;

/// The embedded engine: single precision, and what a [Precision] takes from it, on the Vector API,
/// nothing native to install. One thread per model; a few sequences at a time go through the whole
/// network and back, so that they stay in cache.
///
/// One process should stay with one width: the JDK's vector classes share code between widths, and
/// the compiler handles it several times worse once it has seen two of them.
public final class VectorEngine implements Engine {
  private static final int NUMERICS_VERSION = 3;

  private final VectorWidth width;
  private final Precision precision;

  /// An engine for the widest vectors of this processor.
  public VectorEngine() {
    this(VectorWidth.preferred(), Precision.FP32);
  }

  /// An engine for vectors of a given width; slow where the processor has none so wide.
  public VectorEngine(VectorWidth width) {
    this(width, Precision.FP32);
  }

  /// An engine for the widest vectors of this processor.
  ///
  /// @param precision any but [Precision#FP64]
  public VectorEngine(Precision precision) {
    this(VectorWidth.preferred(), precision);
  }

  /// @param precision any but [Precision#FP64]
  public VectorEngine(VectorWidth width, Precision precision) {
    if (precision == Precision.FP64) {
      throw new IllegalArgumentException(
          "engine vector computes in single precision, but was asked for " + precision);
    }
    this.width = width;
    this.precision = precision;
  }

  @Override
  public EngineIdentity identity() {
    return new EngineIdentity("vector", NUMERICS_VERSION, width.bits(), precision.toString());
  }

  @Override
  public TrainableModel create(GptConfig config, double[] parameters) {
    return new VectorModel(config, width, precision, parameters);
  }
}
