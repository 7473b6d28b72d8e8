package dev.mneme.engine;

import dev.mneme.random.Seed;

/// One step of an optimizer.
///
/// @param number t, counted from 1
/// @param learningRate η, finite and at least 0
/// @param optimizer what to do with the gradient
/// @param training seed of the training that the step belongs to
public record OptimizerStep(long number, double learningRate, Optimizer optimizer, Seed training) {
  public OptimizerStep {
    if (number < 1) {
      throw new IllegalArgumentException("step numbers start at 1, but was " + number);
    }
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be finite and at least 0, but was " + learningRate);
    }
  }

  /// A step of a training whose seed is 0.
  public OptimizerStep(long number, double learningRate, Optimizer optimizer) {
    this(number, learningRate, optimizer, new Seed(0));
  }

  /// Seed of what the step draws, such as which way [Precision#BF16_PURE] rounds: weight i of
  /// [dev.mneme.model.ParameterLayout] takes the number at index i of its stream, so that the order
  /// in which weights are rounded does not matter.
  public Seed noise() {
    return training.derive("step", number);
  }
}
