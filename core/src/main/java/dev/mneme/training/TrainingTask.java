package dev.mneme.training;

import dev.mneme.data.TokenDataset;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.List;

/// What is to be trained. Together with an engine it fixes every bit of the trained model.
///
/// @param config the model's shape
/// @param data the training set: at least 1 sequence, over the model's vocabulary, none longer than
///   its context
/// @param plan how to train
/// @param seed sets initialization and order
/// @param scored what is scored along the way, such as the whole training set; no part of what
///   fixes the model
public record TrainingTask(
    GptConfig config, TokenDataset data, TrainingPlan plan, Seed seed, TokenDataset scored) {
  /// A task whose whole training set is scored along the way.
  public TrainingTask(GptConfig config, TokenDataset data, TrainingPlan plan, Seed seed) {
    this(config, data, plan, seed, data);
  }

  /// @throws InvalidConfigurationException where the data do not fit the model
  public TrainingTask {
    List<Problem> problems = new ArrayList<>();
    if (data.count() < 1) {
      problems.add(
          new Problem("training set", "0 sequences", "at least 1", "Give some data to train on."));
    }
    if (data.vocabularySize() != config.vocabularySize()) {
      problems.add(
          new Problem(
              "vocabulary",
              data.vocabularySize() + " in the data",
              config.vocabularySize() + " as in the model",
              "Make data and model with one vocabulary size."));
    }
    if (data.sequenceLength() > config.contextLength()) {
      problems.add(
          new Problem(
              "sequence length",
              data.sequenceLength() + " in the data",
              "at most the model's context length of " + config.contextLength(),
              "Use a longer context or shorter sequences."));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }
}
