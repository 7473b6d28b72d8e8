package dev.mneme.engine.reference;

import dev.mneme.engine.AdamWStep;

/// The optimizer step that [AdamWStep] defines, entry by entry, on every parameter (BOS included).
final class AdamW {
  private AdamW() {}

  /// Updates parameters and moments in place; all four arrays have one length.
  static void apply(
      AdamWStep step,
      double[] gradient,
      double[] parameters,
      double[] firstMoment,
      double[] secondMoment) {
    double correction1 = 1 - StrictMath.pow(step.beta1(), step.number()); // 1 − β1^t
    double correction2 = 1 - StrictMath.pow(step.beta2(), step.number()); // 1 − β2^t
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i];
      firstMoment[i] = step.beta1() * firstMoment[i] + (1 - step.beta1()) * g;
      secondMoment[i] = step.beta2() * secondMoment[i] + (1 - step.beta2()) * g * g;
      double m = firstMoment[i] / correction1;
      double v = secondMoment[i] / correction2;
      double direction = m / (StrictMath.sqrt(v) + step.epsilon());
      parameters[i] -= step.learningRate() * (direction + step.weightDecay() * parameters[i]);
    }
  }
}
