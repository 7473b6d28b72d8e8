package dev.mneme.torch;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineContract;
import dev.mneme.engine.Tolerances;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

/// The contract on every device. Its gradients come from automatic differentiation and those of the
/// reference were written by hand, so each checks the other.
public final class TorchEngineTest {
  private abstract static class OnDevice extends EngineContract {
    private final Engine engine;

    OnDevice(TorchDevice device) {
      this.engine = new TorchEngine(device);
    }

    @Override
    protected Engine engine() {
      return engine;
    }

    /// Single precision, as in the vector engine.
    @Override
    protected Tolerances tolerances() {
      return new Tolerances(5e-6, 2e-6, 2e-5, 2e-5, 5e-5, 10);
    }
  }

  @Nested
  final class OnTheProcessor extends OnDevice {
    OnTheProcessor() {
      super(TorchDevice.CPU);
    }
  }

  @Nested
  @EnabledIf(
      value = "dev.mneme.torch.Devices#cuda",
      disabledReason = "no libtorch with CUDA or no graphics card here: not run, so not shown")
  final class OnAGraphicsCard extends OnDevice {
    OnAGraphicsCard() {
      super(new TorchDevice(TorchDevice.Kind.CUDA, 0));
    }
  }
}
