package dev.mneme.torch;

import org.bytedeco.pytorch.global.torch;

/// What this machine has.
final class Devices {
  private Devices() {}

  /// Whether libtorch was built with CUDA and sees a card.
  static boolean cuda() {
    Libtorch.require(TorchDevice.CPU);
    return torch.hasCUDA() && torch.getNumGPUs() > 0;
  }
}
