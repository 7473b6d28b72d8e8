package dev.mneme.experiment;

import java.time.Duration;

/// How much training a study may spend.
public sealed interface Budget {
  /// A number of optimizer steps for every trial.
  ///
  /// @param count at least 1
  record Steps(long count) implements Budget {
    public Steps {
      if (count < 1) {
        throw new IllegalArgumentException(
            "a budget needs at least 1 step, but was given " + count);
      }
    }
  }

  /// Wall time for the whole study, all models together. [Calibrator] turns it into numbers of
  /// steps before any trial exists; those numbers are the specification from then on.
  ///
  /// @param duration above 0
  record WallTime(Duration duration) implements Budget {
    public WallTime {
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException(
            "a budget needs a time above 0, but was given " + duration);
      }
    }
  }
}
