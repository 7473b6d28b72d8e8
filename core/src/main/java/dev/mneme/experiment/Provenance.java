package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;

/// Where a result comes from. Everything but the first two fields is information, not identity.
///
/// @param engine whose arithmetic
/// @param dataHash content hash of the training set
/// @param mnemeVersion version of this library
/// @param java runtime name and version
/// @param operatingSystem name, version and architecture
/// @param processor model name and number of processors seen
/// @param seconds wall time of the trial
/// @param trainedTokens positions trained on, in all steps together
public record Provenance(
    EngineIdentity engine,
    String dataHash,
    String mnemeVersion,
    String java,
    String operatingSystem,
    String processor,
    double seconds,
    long trainedTokens) {
  /// Positions trained on per second of wall time, scoring included.
  public double tokensPerSecond() {
    return seconds > 0 ? trainedTokens / seconds : 0;
  }
}
