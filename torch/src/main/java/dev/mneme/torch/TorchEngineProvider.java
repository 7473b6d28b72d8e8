package dev.mneme.torch;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Precision;
import dev.mneme.experiment.EngineProvider;
import java.util.Optional;

/// Offers [TorchEngine] by the name `torch`.
public final class TorchEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return TorchEngine.NAME;
  }

  @Override
  public Engine open(String device, Precision precision) {
    return new TorchEngine(TorchDevice.parse(device), precision);
  }

  @Override
  public Optional<Engine> of(EngineIdentity identity) {
    for (TorchDevice.Kind kind : TorchDevice.Kind.values()) {
      if (identity.name().equals(TorchEngine.nameOn(kind))) {
        return TorchEngine.PRECISIONS.stream()
            .filter(precision -> precision.toString().equals(identity.precision()))
            .<Engine>map(precision -> new TorchEngine(new TorchDevice(kind, 0), precision))
            .filter(engine -> engine.identity().equals(identity))
            .findFirst();
      }
    }
    return Optional.empty();
  }
}
