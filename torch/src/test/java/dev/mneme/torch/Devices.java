package dev.mneme.torch;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/// What this machine has.
final class Devices {
  private Devices() {}

  /// The processor, and a card where there is one.
  static List<TorchDevice> all() {
    TorchDevice card = new TorchDevice(TorchDevice.Kind.CUDA, 0);
    return cuda() ? List.of(TorchDevice.CPU, card) : List.of(TorchDevice.CPU);
  }

  /// Whether libtorch was built with CUDA and sees a card.
  static boolean cuda() {
    Libtorch.require(TorchDevice.CPU);
    return torch.hasCUDA() && torch.getNumGPUs() > 0;
  }
}
