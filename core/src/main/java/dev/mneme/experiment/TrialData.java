package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.random.Seed;
import dev.mneme.unit.CodeLengths;
import java.util.Optional;

/// Gives trials their sequences. A pure function of the specification; may be used by several
/// threads.
public interface TrialData {
  /// Draws random tokens. A trial on anything else fails.
  TrialData RANDOM_TOKENS = new Drawn();

  /// What the model is trained on.
  TokenDataset training(TrialSpecification trial);

  /// What of the training set is scored along the way: all of it, or its beginning.
  TokenDataset scored(TrialSpecification trial, TokenDataset training);

  /// What it never sees: random tokens of the same number, or held-out text.
  TokenDataset unseen(TrialSpecification trial);

  /// What else is measured on a trained model, sample by sample; empty on random tokens.
  ///
  /// @param trained code lengths of the training set under the model
  /// @param unseen code lengths of what it never saw
  Optional<TextScores> probe(
      TrialSpecification trial, TrainableModel model, CodeLengths trained, CodeLengths unseen);

  /// See [#RANDOM_TOKENS].
  final class Drawn implements TrialData {
    /// Purposes of the random streams: training data and fresh control data come from different
    /// ones.
    static final String TRAINING = "data";

    static final String FRESH = "fresh";

    private Drawn() {}

    @Override
    public TokenDataset training(TrialSpecification trial) {
      return draw(trial, TRAINING);
    }

    @Override
    public TokenDataset scored(TrialSpecification trial, TokenDataset training) {
      return training;
    }

    @Override
    public TokenDataset unseen(TrialSpecification trial) {
      return draw(trial, FRESH);
    }

    @Override
    public Optional<TextScores> probe(
        TrialSpecification trial, TrainableModel model, CodeLengths trained, CodeLengths unseen) {
      return Optional.empty();
    }

    private static TokenDataset draw(TrialSpecification trial, String purpose) {
      if (!(trial.data() instanceof DataSource.RandomSource)) {
        throw new IllegalArgumentException(
            "a trial on " + trial.data().kind() + " cannot be run where only random tokens are");
      }
      GptConfig model = trial.model();
      return RandomTokens.generate(
          new Seed(trial.seed()),
          purpose,
          model.vocabularySize(),
          model.contextLength(),
          trial.sequences());
    }
  }
}
