package dev.mneme.experiment;

import dev.mneme.unit.CodeLengths;
import java.util.Optional;

/// What a finished trial's model made of single sequences.
///
/// @param training code length of every sequence of the training set, in its order
/// @param fresh the same on data that the model never saw: fresh random tokens of the same size, or
///   held-out text, first of the test split and then of the reference split
/// @param text attacks and completions; of trials on text alone
public record SampleScores(CodeLengths training, CodeLengths fresh, Optional<TextScores> text) {
  /// Scores on random tokens.
  public SampleScores(CodeLengths training, CodeLengths fresh) {
    this(training, fresh, Optional.empty());
  }
}
