package dev.mneme.spark;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/// Hears from Spark's scheduler which trials run and how far they are. A trial is recognized by a
/// property of its job.
final class TaskWatcher extends SparkListener {
  /// The property that holds the number of a trial.
  static final String TRIAL = "mneme.trial";

  /// What one trial's tasks do. Called on Spark's own thread, after the fact.
  interface Watch {
    /// A task began; not the first one where a worker was lost.
    void started();

    /// The running task is so far.
    void progressed(TaskProgress progress);

    /// The task of the last `started` is over.
    void ended();
  }

  private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
  private final Map<Integer, Watch> stages = new ConcurrentHashMap<>();

  /// Watches a trial from now on, until [#forget].
  void watch(long trial, Watch watch) {
    watches.put(trial, watch);
  }

  void forget(long trial) {
    Watch watch = watches.remove(trial);
    stages.values().removeIf(one -> one.equals(watch));
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    Properties properties = event.properties();
    String trial = properties == null ? null : properties.getProperty(TRIAL);
    Watch watch = trial == null ? null : watches.get(Long.parseLong(trial));
    if (watch != null) {
      stages.put(event.stageInfo().stageId(), watch);
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    Watch watch = stages.get(event.stageId());
    if (watch != null) {
      watch.started();
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
    for (var task : CollectionConverters.asJava(event.accumUpdates())) {
      Watch watch = stages.get((Integer) task._2());
      if (watch == null) {
        continue;
      }
      for (AccumulableInfo update : CollectionConverters.asJava(task._4())) {
        if (update.update().isDefined() && update.update().get() instanceof TaskProgress progress) {
          watch.progressed(progress);
        }
      }
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Watch watch = stages.get(event.stageId());
    if (watch != null) {
      watch.ended();
    }
  }
}
