package dev.mneme.experiment;

import dev.mneme.unit.CodeLengths;

/// What a finished trial's model made of single sequences.
///
/// @param training code length of every sequence of the training set, in its order
/// @param fresh the same on fresh data of the same size, which the model never saw
public record SampleScores(CodeLengths training, CodeLengths fresh) {}
