package dev.mneme.app.config;

import java.util.Locale;

/// The engines a user can ask for. There is no fallback from one to another.
public enum EngineName {
  /// The Vector API, single precision.
  VECTOR,
  /// Plain loops, double precision.
  REFERENCE,
  /// libtorch, from the module `torch`.
  TORCH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
