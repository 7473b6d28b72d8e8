package dev.mneme.engine.reference;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.OptimizerStep;

/// The step that [AdamW] defines, entry by entry.
final class AdamWUpdate {
  private AdamWUpdate() {}

  /// Updates parameters and moments in place.
  ///
  /// @param from first entry of the flat vectors
  /// @param to one past the last
  static void apply(OptimizerStep step, double[] gradient, ModelState state, int from, int to) {
    AdamW settings = step.optimizer().adamW();
    double[] parameters = state.parameters();
    double[] firstMoment = state.firstMoment();
    double[] secondMoment = state.secondMoment();
    double correction1 = 1 - StrictMath.pow(settings.beta1(), step.number()); // 1 − β1^t
    double correction2 = 1 - StrictMath.pow(settings.beta2(), step.number()); // 1 − β2^t
    for (int i = from; i < to; i++) {
      double g = gradient[i];
      firstMoment[i] = settings.beta1() * firstMoment[i] + (1 - settings.beta1()) * g;
      secondMoment[i] = settings.beta2() * secondMoment[i] + (1 - settings.beta2()) * g * g;
      double m = firstMoment[i] / correction1;
      double v = secondMoment[i] / correction2;
      double direction = m / (StrictMath.sqrt(v) + settings.epsilon());
      parameters[i] -= step.learningRate() * (direction + settings.weightDecay() * parameters[i]);
    }
  }
}
