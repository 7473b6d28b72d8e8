package dev.mneme.training;

import java.util.function.Consumer;

/// When to hand out a checkpoint and to whom.
///
/// @param everySteps after each multiple of this many steps, except the last step of the plan; at
///   least 1
/// @param keeper receives the checkpoint on the thread that trains; what it throws ends the
///   training
public record Checkpointing(long everySteps, Consumer<TrainingCheckpoint> keeper) {
  /// Makes no checkpoints.
  public static final Checkpointing NEVER = new Checkpointing(Long.MAX_VALUE, checkpoint -> {});

  public Checkpointing {
    if (everySteps < 1) {
      throw new IllegalArgumentException(
          "checkpoints are at least 1 step apart, but were to be " + everySteps);
    }
  }

  boolean due(long step, long steps) {
    return step % everySteps == 0 && step < steps;
  }
}
