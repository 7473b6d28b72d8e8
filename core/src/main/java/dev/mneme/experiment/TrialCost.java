package dev.mneme.experiment;

import dev.mneme.model.GptConfig;

/// An estimate of a trial's work, in multiplications. Good for ordering and for sharing time
/// between models, not for promises: calibration measures.
public final class TrialCost {
  private TrialCost() {}

  /// Training and scoring together.
  public static double of(TrialSpecification trial) {
    double trained = (double) trainedTokens(trial, trial.plan().steps());
    double perPoint = trial.sequences();
    double atEnds = 2.0 * trial.sequences();
    if (trial.data() instanceof DataSource.TextSource text) {
      double unseen = (double) text.test() + text.reference();
      perPoint = Math.min(trial.sequences(), text.test()) + unseen;
      atEnds += unseen;
    }
    double scored =
        (atEnds + trial.plan().curvePoints() * perPoint) * trial.model().contextLength();
    return perToken(trial.model()) * (3 * trained + scored);
  }

  /// Floating-point operations of a trial's training: two for each multiplication of a matrix
  /// product, the products of a step being one forward pass and twice as much backward. Attention
  /// counts all S² pairs of positions. What is not a product (softmax, norms), the optimizer and
  /// scoring are left out; they add a few percent.
  ///
  /// @param tokens positions trained on
  public static double trainingOperations(GptConfig model, long tokens) {
    return 2 * 3 * perToken(model) * tokens;
  }

  /// Positions trained on after some steps; a data set smaller than a batch is used whole.
  static long trainedTokens(TrialSpecification trial, long steps) {
    return steps
        * Math.min(trial.plan().batchSize(), trial.sequences())
        * trial.model().contextLength();
  }

  /// Multiplications of one forward pass for one position: blocks, attention and head.
  static double perToken(GptConfig model) {
    double d = model.width();
    return model.layers() * (12 * d * d + 2 * d * model.contextLength())
        + d * model.vocabularySize();
  }
}
