package dev.mneme.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// libtorch's automatic mixed precision: matrix products take their operands in bfloat16 and give
/// their results in it; the rest follows libtorch's lists. Weights, moments and gradients stay in
/// single precision. Rounded copies of weights are not cached, because steps change weights in
/// place.
///
/// @param kind of device whose operations are meant
/// @param on whether there is anything to do
record Autocast(TorchDevice.Kind kind, boolean on) {
  /// Runs something in this precision, on this thread alone.
  <T> T within(Supplier<T> calls) {
    if (!on) {
      return calls.get();
    }
    DeviceType type = kind == TorchDevice.Kind.CPU ? DeviceType.CPU : DeviceType.CUDA;
    torch.set_autocast_dtype(type, ScalarType.BFloat16);
    torch.set_autocast_cache_enabled(false);
    torch.set_autocast_enabled(type, true);
    try {
      return calls.get();
    } finally {
      torch.set_autocast_enabled(type, false);
    }
  }
}
