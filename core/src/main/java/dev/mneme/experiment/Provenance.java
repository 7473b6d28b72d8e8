package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;
import java.util.OptionalDouble;

/// Where a result comes from. Everything but the first two fields is information, not identity.
///
/// @param engine whose arithmetic
/// @param dataHash content hash of the training set
/// @param mnemeVersion version of this library
/// @param java runtime name and version
/// @param operatingSystem name, version and architecture
/// @param processor model name and number of processors seen
/// @param seconds wall time of the trial
/// @param coreSeconds processor time of the trial's thread, scoring included: what the trial would
///   take on a core of its own; empty where it was not measured
/// @param trainedTokens positions trained on, in all steps together
public record Provenance(
    EngineIdentity engine,
    String dataHash,
    String mnemeVersion,
    String java,
    String operatingSystem,
    String processor,
    double seconds,
    OptionalDouble coreSeconds,
    long trainedTokens) {
  /// Positions trained on per second of wall time, scoring included.
  public double tokensPerSecond() {
    return seconds > 0 ? trainedTokens / seconds : 0;
  }
}
