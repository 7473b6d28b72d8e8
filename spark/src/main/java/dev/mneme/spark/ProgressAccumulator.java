package dev.mneme.spark;

import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/// Carries a task's newest progress to the driver: Spark sends the values of accumulators along
/// with the heartbeats of its executors.
final class ProgressAccumulator extends AccumulatorV2<TaskProgress, TaskProgress> {
  private static final long serialVersionUID = 1L;

  // Null for NONE. Written by the task, read by the thread of the heartbeats, which may get to see
  // an accumulator whose fields are not there yet: Spark makes it known while it is being read. An
  // exception here would end all heartbeats of the executor.
  private volatile @Nullable TaskProgress newest;

  @Override
  public boolean isZero() {
    return newest == null;
  }

  @Override
  public AccumulatorV2<TaskProgress, TaskProgress> copy() {
    ProgressAccumulator copy = new ProgressAccumulator();
    copy.newest = newest;
    return copy;
  }

  @Override
  public void reset() {
    newest = null;
  }

  @Override
  public void add(TaskProgress progress) {
    newest = progress;
  }

  @Override
  public void merge(AccumulatorV2<TaskProgress, TaskProgress> other) {
    if (other.value().step() > value().step()) {
      newest = other.value();
    }
  }

  @Override
  public TaskProgress value() {
    TaskProgress seen = newest;
    return seen == null ? TaskProgress.NONE : seen;
  }
}
