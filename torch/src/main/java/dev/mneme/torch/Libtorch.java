package dev.mneme.torch;

import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/// Loads libtorch and sets what all its computations share: one thread each, no TF32, the same bits
/// every time.
final class Libtorch {
  private Libtorch() {}

  /// Loads the library, which takes some seconds the first time, and looks for the device.
  ///
  /// @throws InvalidConfigurationException where the library or the device is missing, with what to
  ///   install
  static void require(TorchDevice device) {
    try {
      Settings.apply();
    } catch (LinkageError e) {
      throw missing(
          "engine",
          "torch, whose native library does not load: " + e.getMessage(),
          "libtorch for this system",
          "It is packed for 64-bit x86 Linux; build with 'mvn -Ptorch', or use --engine vector,"
              + " which needs nothing native.");
    }
    if (device.kind() == TorchDevice.Kind.CUDA) {
      requireCuda(device);
    }
  }

  private static void requireCuda(TorchDevice device) {
    if (!torch.hasCUDA()) {
      throw missing(
          "device",
          device.toString(),
          "libtorch with CUDA and a graphics card that its driver knows",
          "Build with 'mvn -Ptorch,torch-cuda' (2 GB of libraries), install NVIDIA's driver, and"
              + " see that nvidia-smi lists the card; or use --device cpu.");
    }
    long cards = torch.getNumGPUs();
    if (device.index() >= cards) {
      throw missing(
          "device",
          device.toString(),
          cards == 1 ? "cuda:0, the only card" : "cuda:0 to cuda:" + (cards - 1),
          "nvidia-smi lists the cards.");
    }
  }

  private static InvalidConfigurationException missing(
      String field, String given, String expected, String hint) {
    return new InvalidConfigurationException(List.of(new Problem(field, given, expected, hint)));
  }

  /// Width in bits of the vectors that libtorch uses on this processor.
  static int vectorBits() {
    try (BytePointer name = torch.get_cpu_capability()) {
      return switch (name.getString()) {
        case "AVX512" -> 512;
        case "AVX2" -> 256;
        default -> 128;
      };
    }
  }

  /// Holds for the whole process, so it is done once, when this class is loaded.
  private static final class Settings {
    static {
      openblas.blas_set_num_threads(1);
      torch.set_num_threads(1);
      Context context = torch.globalContext();
      context.setAllowTF32CuBLAS(false);
      context.setAllowTF32CuDNN(false);
      context.setDeterministicAlgorithms(true, false);
      context.setDeterministicFillUninitializedMemory(false); // for debugging, and costs time
    }

    private Settings() {}

    static void apply() {
      // The work is done by the initializer.
    }
  }
}
