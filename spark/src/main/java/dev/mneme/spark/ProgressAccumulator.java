package dev.mneme.spark;

import org.apache.spark.util.AccumulatorV2;

/// Carries a task's newest progress to the driver: Spark sends the values of accumulators along
/// with the heartbeats of its executors.
final class ProgressAccumulator extends AccumulatorV2<TaskProgress, TaskProgress> {
  private static final long serialVersionUID = 1L;

  // written by the task, read by the thread of the heartbeats
  private volatile TaskProgress newest = TaskProgress.NONE;

  @Override
  public boolean isZero() {
    return newest.equals(TaskProgress.NONE);
  }

  @Override
  public AccumulatorV2<TaskProgress, TaskProgress> copy() {
    ProgressAccumulator copy = new ProgressAccumulator();
    copy.newest = newest;
    return copy;
  }

  @Override
  public void reset() {
    newest = TaskProgress.NONE;
  }

  @Override
  public void add(TaskProgress progress) {
    newest = progress;
  }

  @Override
  public void merge(AccumulatorV2<TaskProgress, TaskProgress> other) {
    if (other.value().step() > newest.step()) {
      newest = other.value();
    }
  }

  @Override
  public TaskProgress value() {
    return newest;
  }
}
