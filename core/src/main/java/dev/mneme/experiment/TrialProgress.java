package dev.mneme.experiment;

/// How far a trial has come.
///
/// @param specification which trial
/// @param step optimizer steps done
/// @param steps all steps of the trial
/// @param trainedTokens positions trained on so far
/// @param bitsPerParameter estimate from the code lengths of recent batches; NaN before there is
///   one
public record TrialProgress(
    TrialSpecification specification,
    long step,
    long steps,
    long trainedTokens,
    double bitsPerParameter) {}
