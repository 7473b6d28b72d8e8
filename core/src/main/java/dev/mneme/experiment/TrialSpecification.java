package dev.mneme.experiment;

import dev.mneme.model.GptConfig;
import dev.mneme.training.TrainingPlan;

/// One trial. A pure function: specification and engine identity fix every bit of the result.
///
/// @param model the model's shape; data share its vocabulary and sequence length
/// @param sequences size of the training set, N; at least 1
/// @param plan how to train
/// @param seed sets random data, initialization and order
/// @param data where the sequences come from
public record TrialSpecification(
    GptConfig model, int sequences, TrainingPlan plan, long seed, DataSource data) {
  public TrialSpecification {
    if (sequences < 1) {
      throw new IllegalArgumentException(
          "a trial needs at least 1 sequence, but was given " + sequences);
    }
  }

  /// A trial on random tokens.
  public TrialSpecification(GptConfig model, int sequences, TrainingPlan plan, long seed) {
    this(model, sequences, plan, seed, DataSource.RANDOM_TOKENS);
  }
}
