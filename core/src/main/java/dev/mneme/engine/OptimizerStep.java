package dev.mneme.engine;

import dev.mneme.random.Seed;

/// One step of an optimizer.
///
/// @param number t, counted from 1
/// @param learningRate η, finite and at least 0
/// @param optimizer what to do with the gradient
/// @param noise seed of what the step draws, such as which way [Precision#BF16_PURE] rounds
public record OptimizerStep(long number, double learningRate, Optimizer optimizer, Seed noise) {
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
    this(number, learningRate, optimizer, noise(new Seed(0), number));
  }

  /// The noise of one step of a training.
  public static Seed noise(Seed training, long number) {
    return training.derive("step", number);
  }
}
