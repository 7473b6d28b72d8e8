package dev.mneme.torch;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import java.util.List;
import java.util.Locale;

/// The engine on libtorch: single precision with TF32 off, or bfloat16 by [Autocast]; one thread of
/// the processor for each model.
///
/// Its identity names the kind of device. On a processor, equal bits need the same libtorch and
/// vectors of the same width; on a graphics card, a card of the same model as well.
public final class TorchEngine implements Engine {
  /// What settings call it.
  static final String NAME = "torch";

  /// What it can compute in.
  static final List<Precision> PRECISIONS = List.of(Precision.FP32, Precision.BF16);

  private static final int NUMERICS_VERSION = 1;

  private final TorchDevice device;
  private final Autocast autocast;
  private final EngineIdentity identity;

  /// Loads libtorch.
  ///
  /// @throws dev.mneme.model.InvalidConfigurationException where the library or the device is
  ///   missing, with what to install
  public TorchEngine(TorchDevice device) {
    this(device, Precision.FP32);
  }

  /// Loads libtorch.
  ///
  /// @param precision `fp32` or `bf16`
  /// @throws dev.mneme.model.InvalidConfigurationException where the library or the device is
  ///   missing, with what to install
  public TorchEngine(TorchDevice device, Precision precision) {
    if (!PRECISIONS.contains(precision)) {
      throw new IllegalArgumentException(
          "engine torch computes in fp32 and bf16, but was asked for " + precision);
    }
    Libtorch.require(device);
    this.device = device;
    this.autocast = new Autocast(device.kind(), precision == Precision.BF16);
    this.identity =
        new EngineIdentity(
            nameOn(device.kind()),
            NUMERICS_VERSION,
            device.kind() == TorchDevice.Kind.CPU ? Libtorch.vectorBits() : Float.SIZE,
            precision.toString());
  }

  /// What results call it on a kind of device.
  static String nameOn(TorchDevice.Kind kind) {
    return NAME + "-" + kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public EngineIdentity identity() {
    return identity;
  }

  @Override
  public TrainableModel create(GptConfig config, double[] parameters) {
    return new TorchModel(config, device, autocast, Portions.of(config, device), parameters);
  }
}
