package dev.mneme.torch;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.EngineProvider;
import java.util.Optional;

/// Offers [TorchEngine] by the name `torch`.
public final class TorchEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return TorchEngine.NAME;
  }

  @Override
  public Engine open(String device) {
    return new TorchEngine(TorchDevice.parse(device));
  }

  @Override
  public Optional<Engine> of(EngineIdentity identity) {
    for (TorchDevice.Kind kind : TorchDevice.Kind.values()) {
      if (identity.name().equals(TorchEngine.nameOn(kind))) {
        Engine engine = new TorchEngine(new TorchDevice(kind, 0));
        return Optional.of(engine).filter(one -> one.identity().equals(identity));
      }
    }
    return Optional.empty();
  }
}
