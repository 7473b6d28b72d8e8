package dev.mneme.training;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.Engine;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.ParameterLayout;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Trains models with one engine, on the calling thread. Holds no state, so threads may share it.
///
/// ```java
/// Trainer trainer = new Trainer(engine);
/// try (TrainableModel model = trainer.initialModel(task)) {
///   TrainingOutcome outcome = trainer.train(model, task, TrainingListener.NONE, () -> false);
/// }
/// ```
public final class Trainer {
  private final Engine engine;

  public Trainer(Engine engine) {
    this.engine = engine;
  }

  /// A model at its starting values.
  public TrainableModel initialModel(TrainingTask task) {
    ParameterLayout layout = ParameterLayout.of(task.config());
    return engine.create(task.config(), task.plan().initialization().draw(layout, task.seed()));
  }

  /// A model as it stood at the checkpoint.
  ///
  /// @throws dev.mneme.model.InvalidConfigurationException where the checkpoint comes from another
  ///   engine, model, plan, seed or data
  public TrainableModel restoredModel(TrainingTask task, TrainingCheckpoint checkpoint) {
    checkpoint.requireMatch(engine.identity(), task);
    TrainableModel model = engine.create(task.config(), checkpoint.state().parameters());
    model.restore(checkpoint.state());
    return model;
  }

  /// What is needed to go on later.
  ///
  /// @param step steps that the model has behind it
  public TrainingCheckpoint checkpoint(TrainableModel model, TrainingTask task, long step) {
    return new TrainingCheckpoint(
        task.config(),
        task.plan(),
        task.seed(),
        task.data().contentHash(),
        engine.identity(),
        step,
        model.state());
  }

  /// Trains a model from its starting values to the end of the plan.
  ///
  /// @param model from [#initialModel]; changed
  /// @param stop asked before every step; once true, training ends as interrupted
  public TrainingOutcome train(
      TrainableModel model, TrainingTask task, TrainingListener listener, BooleanSupplier stop) {
    return train(model, task, 0, listener, Checkpointing.NEVER, stop);
  }

  /// Goes on with training after some step. Bit for bit the same as never having stopped.
  ///
  /// @param model as it stood after step `done`, such as from [#restoredModel]; changed
  /// @param done steps that the model has behind it, 0 to `plan.steps()`
  /// @param listener hears of later steps only
  /// @param stop asked before every step; once true, training ends as interrupted
  public TrainingOutcome train(
      TrainableModel model,
      TrainingTask task,
      long done,
      TrainingListener listener,
      Checkpointing checkpointing,
      BooleanSupplier stop) {
    TrainingPlan plan = task.plan();
    if (done < 0 || done > plan.steps()) {
      throw new IllegalArgumentException(
          "training goes on after step 0 to " + plan.steps() + ", but was to after " + done);
    }
    BatchOrder order = new BatchOrder(task.seed(), task.data().count(), plan.batchSize());
    Set<Long> curveSteps = new HashSet<>(CurveSteps.of(plan));
    for (long step = done + 1; step <= plan.steps(); step++) {
      if (stop.getAsBoolean()) {
        return new TrainingOutcome.Interrupted(step - 1);
      }
      TokenBatch batch = new TokenBatch(task.data(), order.indices(step));
      Bits batchLength;
      try {
        batchLength = model.trainStep(batch, plan.step(step, task.seed()));
      } catch (NonFiniteException e) {
        return new TrainingOutcome.Diverged(step, describe(e));
      }
      listener.stepDone(step, batchLength, batch.positions());
      if (curveSteps.contains(step)) {
        CodeLengths lengths;
        try {
          lengths = Scoring.codeLengths(model, task.scored());
        } catch (NonFiniteException e) {
          return new TrainingOutcome.Diverged(step, describe(e));
        }
        listener.curvePoint(step, lengths);
      }
      if (checkpointing.due(step, plan.steps())) {
        checkpointing.keeper().accept(checkpoint(model, task, step));
      }
    }
    return new TrainingOutcome.Completed(plan.steps());
  }

  private static String describe(NonFiniteException e) {
    String message = e.getMessage();
    return message == null ? "a value was not finite" : message;
  }
}
