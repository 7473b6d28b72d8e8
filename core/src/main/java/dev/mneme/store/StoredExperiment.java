package dev.mneme.store;

/// An experiment and how far it is.
///
/// @param experiment as it was registered last
/// @param trials how many it asks for
/// @param finished how many of them are finished
/// @param diverged how many diverged
/// @param failed how many failed; the rest has not ended
public record StoredExperiment(
    ExperimentRecord experiment, int trials, int finished, int diverged, int failed) {}
