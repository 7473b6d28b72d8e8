package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.TrainableModel;
import dev.mneme.measure.Memorization;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.random.Seed;
import dev.mneme.training.Scoring;

/// What a finished model remembers of a trial's training set, measured anew, so that a saved model
/// can be compared with the figure its trial reported.
///
/// @param seed the trial's seed
/// @param sequences the trial's data set size
/// @param engine whose arithmetic
/// @param dataHash [TokenDataset#contentHash] of the data, as in the trial's provenance
/// @param memorization what was found
public record RandomTokenScore(
    long seed, int sequences, EngineIdentity engine, String dataHash, Memorization memorization) {
  /// Draws the training set of a trial and scores a model on it.
  ///
  /// @param sequences at least 1
  /// @throws dev.mneme.engine.NonFiniteException where a logit is not finite
  /// @throws ArithmeticException where the data set would have more than 2^31−1 tokens
  public static RandomTokenScore of(Engine engine, ModelWeights weights, int sequences, long seed) {
    TokenDataset data =
        RandomTokens.generate(
            new Seed(seed),
            TrialData.Drawn.TRAINING,
            weights.config().vocabularySize(),
            weights.config().contextLength(),
            sequences);
    try (TrainableModel model = engine.create(weights.config(), weights.parameters())) {
      return new RandomTokenScore(
          seed,
          sequences,
          engine.identity(),
          data.contentHash(),
          Memorization.ofRandomTokens(data, Scoring.codeLengths(model, data)));
    }
  }
}
