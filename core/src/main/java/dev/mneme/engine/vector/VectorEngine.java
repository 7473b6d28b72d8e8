package dev.mneme.engine.vector;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;

/// The embedded engine: single precision on the Vector API, nothing native to install. One thread per
/// model; a few sequences at a time go through the whole network and back, so that they stay in cache.
///
/// Models narrower than a panel of the engine's vectors (32 columns at 512 bits) use the next narrower
/// vectors, which waste less: the identity names the engine's width, and width and model together fix
/// every bit.
public final class VectorEngine implements Engine {
  private static final int NUMERICS_VERSION = 1;

  private final VectorWidth width;

  /// An engine for the widest vectors of this processor.
  public VectorEngine() {
    this(VectorWidth.preferred());
  }

  /// An engine for vectors of a given width; slow where the processor has none so wide.
  public VectorEngine(VectorWidth width) {
    this.width = width;
  }

  @Override
  public EngineIdentity identity() {
    return new EngineIdentity("vector", NUMERICS_VERSION, width.bits(), "fp32");
  }

  @Override
  public TrainableModel create(GptConfig config, double[] parameters) {
    return new VectorModel(config, widthFor(config), parameters);
  }

  private VectorWidth widthFor(GptConfig config) {
    return width == VectorWidth.BITS_512 && config.width() < width.panelWidth() ? VectorWidth.BITS_256 : width;
  }
}
