package dev.mneme.engine;

/// One step of an optimizer.
///
/// @param number t, counted from 1
/// @param learningRate η, finite and at least 0
/// @param optimizer what to do with the gradient
public record OptimizerStep(long number, double learningRate, Optimizer optimizer) {
  public OptimizerStep {
    if (number < 1) {
      throw new IllegalArgumentException("step numbers start at 1, but was " + number);
    }
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be finite and at least 0, but was " + learningRate);
    }
  }
}
