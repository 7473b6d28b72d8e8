package dev.mneme.training;

/// A learning rate that warms up linearly, stays flat and decays to zero: past capacity a rate that
/// never falls can jam a run below its peak.
///
/// @param peak the highest rate, above 0
/// @param warmup share of the steps spent warming up, in `[0, 1)`
/// @param flat share of the steps spent at the peak, at least 0; `warmup + flat <= 1`
/// @param decay how the rate falls over the remaining steps
public record LearningRateSchedule(double peak, double warmup, double flat, Decay decay) {
  /// The shape of the fall to zero.
  public enum Decay {
    LINEAR,
    COSINE
  }

  public LearningRateSchedule {
    if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "peak learning rate must be finite and above 0, but was " + peak);
    }
    if (!(warmup >= 0 && warmup < 1 && flat >= 0 && warmup + flat <= 1)) {
      throw new IllegalArgumentException(
          "warm-up and flat shares must be at least 0 and add up to at most 1, but were "
              + warmup
              + " and "
              + flat);
    }
  }

  /// The rate of one step.
  ///
  /// @param step counted from 1
  /// @param steps all steps of the run
  public double rate(long step, long steps) {
    double progress = (step - 0.5) / steps;
    if (progress < warmup) {
      return peak * progress / warmup;
    }
    double decayed =
        warmup + flat < 1 ? Math.max(0, (progress - warmup - flat) / (1 - warmup - flat)) : 0;
    return switch (decay) {
      case LINEAR -> peak * (1 - decayed);
      case COSINE -> peak * 0.5 * (1 + StrictMath.cos(StrictMath.PI * decayed));
    };
  }
}
