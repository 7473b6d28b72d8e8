package dev.mneme.experiment;

import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;

/// Tells a listener how a trial goes on, a few times a second.
final class ProgressMeter {
  private static final long NANOSECONDS_BETWEEN_NEWS = 200_000_000;

  /// Weight of the newest batch in the running mean.
  private static final double NEWEST = 0.05;

  private final TrialSpecification trial;
  private final TrialListener listener;
  private final double uniformBitsPerSequence;
  private final double parametersPerSequence;
  private double savedPerSequence = Double.NaN;
  private long lastNews = System.nanoTime();

  ProgressMeter(TrialSpecification trial, TrialListener listener) {
    GptConfig model = trial.model();
    this.trial = trial;
    this.listener = listener;
    this.uniformBitsPerSequence =
        Bits.toChoose(model.vocabularySize()).value() * model.contextLength();
    this.parametersPerSequence = (double) model.parameterCount().total() / trial.sequences();
  }

  /// @param step counted from 1
  /// @param batch code length of the step's batch before the step
  void stepped(long step, Bits batch) {
    int sequences = Math.min(trial.plan().batchSize(), trial.sequences());
    double saved = uniformBitsPerSequence - batch.value() / sequences;
    savedPerSequence =
        Double.isNaN(savedPerSequence)
            ? saved
            : savedPerSequence + NEWEST * (saved - savedPerSequence);
    long now = System.nanoTime();
    if (now - lastNews >= NANOSECONDS_BETWEEN_NEWS || step == trial.plan().steps()) {
      lastNews = now;
      listener.progressed(
          new TrialProgress(
              trial,
              step,
              trial.plan().steps(),
              TrialCost.trainedTokens(trial, step),
              savedPerSequence / parametersPerSequence));
    }
  }
}
