package dev.mneme.training;

import java.util.function.Consumer;
import java.util.function.LongPredicate;

/// When to hand out a checkpoint and to whom. Training does not depend on it.
///
/// @param due asked once after every step but the last one of the plan
/// @param keeper receives the checkpoint on the thread that trains; what it throws ends the
///   training
public record Checkpointing(LongPredicate due, Consumer<TrainingCheckpoint> keeper) {
  /// Makes no checkpoints.
  public static final Checkpointing NEVER = new Checkpointing(step -> false, checkpoint -> {});

  /// After each multiple of a number of steps.
  ///
  /// @param steps at least 1
  public static Checkpointing every(long steps, Consumer<TrainingCheckpoint> keeper) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "checkpoints are at least 1 step apart, but were to be " + steps);
    }
    return new Checkpointing(step -> step % steps == 0, keeper);
  }

  boolean due(long step, long steps) {
    return step < steps && due.test(step);
  }
}
