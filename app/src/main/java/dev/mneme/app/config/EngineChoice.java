package dev.mneme.app.config;

import dev.mneme.engine.Precision;

/// The engine somebody asked for, and where it is to compute.
///
/// @param name which one
/// @param device in the engine's own notation; [#PROCESSOR] for all but `torch`
/// @param precision of weights and products
public record EngineChoice(EngineName name, String device, Precision precision) {
  /// The device of every engine unless told otherwise.
  public static final String PROCESSOR = "cpu";

  /// An engine on the processor, in its own precision.
  public static EngineChoice of(EngineName name) {
    return new EngineChoice(name, PROCESSOR, name.precisions().getFirst());
  }

  /// The same in another precision.
  EngineChoice in(Precision other) {
    return new EngineChoice(name, device, other);
  }

  @Override
  public String toString() {
    String in = precision == name.precisions().getFirst() ? "" : " in " + precision;
    return (device.equals(PROCESSOR) ? name.toString() : name + " on " + device) + in;
  }
}
