package dev.mneme.app.config;

/// The engine somebody asked for, and where it is to compute.
///
/// @param name which one
/// @param device in the engine's own notation; [#PROCESSOR] for all but `torch`
public record EngineChoice(EngineName name, String device) {
  /// The device of every engine unless told otherwise.
  public static final String PROCESSOR = "cpu";

  /// An engine on the processor.
  public static EngineChoice of(EngineName name) {
    return new EngineChoice(name, PROCESSOR);
  }

  @Override
  public String toString() {
    return device.equals(PROCESSOR) ? name.toString() : name + " on " + device;
  }
}
