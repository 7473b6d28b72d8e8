package dev.mneme.training;

import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;

/// Hears how training goes, on the thread that trains. What it throws ends the training and reaches
/// the caller.
public interface TrainingListener {
  /// Hears nothing.
  TrainingListener NONE = new TrainingListener() {};

  /// A step was done.
  ///
  /// @param step counted from 1
  /// @param codeLength of the whole batch, before the step changed the model
  /// @param positions predicted positions of the batch, B · S
  default void stepDone(long step, Bits codeLength, long positions) {}

  /// The training set was scored, see [CurveSteps].
  ///
  /// @param step optimizer steps done
  /// @param codeLengths of the sequences of [TrainingTask#scored] under the model after that step
  default void curvePoint(long step, CodeLengths codeLengths) {}
}
