package dev.mneme.training;

import dev.mneme.engine.Optimizer;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.model.Initialization;
import dev.mneme.random.Seed;

/// How a model is trained; together with model, data and seed it fixes every bit of the outcome.
///
/// @param steps optimizer steps, at least 1
/// @param batchSize sequences per step, at least 1; a data set with fewer is used whole
/// @param schedule learning rate of each step
/// @param optimizer what each step does with the gradient; its weight decay is 0 in capacity runs
/// @param initialization starting values
/// @param curvePoints how many times the whole training set is scored along the way (evenly spaced
///   on a logarithmic axis of steps), the end included; at least 1
public record TrainingPlan(
    long steps,
    int batchSize,
    LearningRateSchedule schedule,
    Optimizer optimizer,
    Initialization initialization,
    int curvePoints) {

  public TrainingPlan {
    if (steps < 1 || batchSize < 1 || curvePoints < 1) {
      throw new IllegalArgumentException(
          "steps, batch size and curve points must be at least 1, but were "
              + steps
              + ", "
              + batchSize
              + " and "
              + curvePoints);
    }
  }

  /// The settings of one step.
  ///
  /// @param step counted from 1
  /// @param seed of the training
  public OptimizerStep step(long step, Seed seed) {
    return new OptimizerStep(step, schedule.rate(step, steps), optimizer, seed);
  }

  /// The same plan with another number of steps.
  public TrainingPlan withSteps(long otherSteps) {
    return new TrainingPlan(
        otherSteps, batchSize, schedule, optimizer, initialization, curvePoints);
  }

  /// The same plan with another peak learning rate.
  public TrainingPlan withPeakLearningRate(double peak) {
    return new TrainingPlan(
        steps,
        batchSize,
        new LearningRateSchedule(peak, schedule.warmup(), schedule.flat(), schedule.decay()),
        optimizer,
        initialization,
        curvePoints);
  }
}
