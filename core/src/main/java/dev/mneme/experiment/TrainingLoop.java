package dev.mneme.experiment;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.random.Seed;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Does the steps of a plan: each epoch goes through the training set in an order of its own, drawn
/// from (seed, "order", epoch).
final class TrainingLoop {
  private final TrainableModel model;
  private final TokenDataset data;
  private final TrainingPlan plan;
  private final Seed seed;
  private int[] order = new int[0];
  private int position;
  private long epoch;

  TrainingLoop(TrainableModel model, TokenDataset data, TrainingPlan plan, Seed seed) {
    this.model = model;
    this.data = data;
    this.plan = plan;
    this.seed = seed;
  }

  /// Hears of the loop between steps.
  interface Observer {
    /// A step begins.
    void begins(long step);

    /// A step is done.
    ///
    /// @param batch code length of its batch before the step
    void done(long step, Bits batch);

    /// A step is done at which the curve wants a point.
    void wantsPoint(long step);
  }

  /// Trains.
  ///
  /// @return whether all steps were done; false where the stop signal came first
  boolean run(Observer observer, BooleanSupplier stop) {
    Set<Long> points = curveSteps(plan);
    int size = Math.min(plan.batchSize(), data.count());
    for (long step = 1; step <= plan.steps(); step++) {
      if (stop.getAsBoolean()) {
        return false;
      }
      observer.begins(step);
      Bits batch = model.trainStep(nextBatch(size), plan.step(step));
      observer.done(step, batch);
      if (points.contains(step)) {
        observer.wantsPoint(step);
      }
    }
    return true;
  }

  private TokenBatch nextBatch(int size) {
    int[] indices = new int[size];
    for (int i = 0; i < size; i++) {
      if (position == order.length) {
        order = seed.derive("order", epoch++).stream().permutation(data.count());
        position = 0;
      }
      indices[i] = order[position++];
    }
    return new TokenBatch(data, indices);
  }

  /// The steps, evenly spaced on a logarithmic axis, after which the training set is scored; the
  /// last one is the end.
  static Set<Long> curveSteps(TrainingPlan plan) {
    Set<Long> steps = new TreeSet<>();
    for (int i = 1; i <= plan.curvePoints(); i++) {
      steps.add(Math.round(StrictMath.pow(plan.steps(), (double) i / plan.curvePoints())));
    }
    steps.add(plan.steps());
    return steps;
  }
}
