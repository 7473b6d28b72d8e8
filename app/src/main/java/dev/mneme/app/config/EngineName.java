package dev.mneme.app.config;

import dev.mneme.engine.Precision;
import java.util.List;
import java.util.Locale;

/// The engines a user can ask for. There is no fallback from one to another.
public enum EngineName {
  /// The Vector API, single precision.
  VECTOR,
  /// Plain loops, double precision.
  REFERENCE,
  /// libtorch, from the module `torch`.
  TORCH;

  /// What it can compute in, its own precision first.
  public List<Precision> precisions() {
    return switch (this) {
      case VECTOR ->
          List.of(Precision.FP32, Precision.BF16, Precision.BF16_PURE, Precision.TERNARY);
      case REFERENCE ->
          List.of(Precision.FP64, Precision.BF16, Precision.BF16_PURE, Precision.TERNARY);
      case TORCH -> List.of(Precision.FP32, Precision.BF16);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
