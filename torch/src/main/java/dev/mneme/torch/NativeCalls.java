package dev.mneme.torch;

import dev.mneme.engine.EngineFailureException;
import java.util.Locale;
import java.util.function.Supplier;

/// Turns libtorch's errors into words. They arrive as `RuntimeException` itself, with a text that
/// goes on for pages.
final class NativeCalls {
  private final TorchDevice device;

  NativeCalls(TorchDevice device) {
    this.device = device;
  }

  /// Runs something that calls libtorch.
  ///
  /// @throws EngineFailureException where libtorch says that it cannot go on
  <T> T run(Supplier<T> calls) {
    try {
      return calls.get();
    } catch (RuntimeException e) {
      // Our own exceptions are of classes of their own.
      if (!e.getClass().equals(RuntimeException.class)) {
        throw e;
      }
      throw new EngineFailureException(words(String.valueOf(e.getMessage())), e);
    }
  }

  void run(Runnable calls) {
    run(() -> {
      calls.run();
      return true;
    });
  }

  private String words(String message) {
    String first = message.lines().findFirst().orElse("").strip();
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("out of memory") || lower.contains("can't allocate memory")) {
      return "out of memory on "
          + device
          + "; run fewer trials at a time (--threads), or a smaller model or batch (libtorch: "
          + first
          + ")";
    }
    if (lower.contains("cuda error") || lower.contains("cuda driver")) {
      return device
          + " can no longer be used; see nvidia-smi, and run again (libtorch: "
          + first
          + ")";
    }
    return "libtorch on " + device + ": " + first;
  }
}
