package dev.mneme.experiment;

import dev.mneme.model.checkpoint.ModelWeights;

/// Takes the models of trials that finished. A trial's result does not depend on it.
@FunctionalInterface
public interface ModelSink {
  /// Takes nothing.
  ModelSink NONE = (trial, model) -> {};

  /// One trial was trained to its end and scored. Called on the thread that ran it, so possibly on
  /// several at once.
  ///
  /// @param model its weights after the last step
  /// @throws StorageException where it cannot be kept; the study then ends
  void finished(TrialSpecification trial, ModelWeights model);
}
