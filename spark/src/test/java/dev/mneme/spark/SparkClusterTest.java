package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.experiment.ExecutorProvider;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskEndReason;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Spark with executors that are processes of their own: two workers of two processors and one
/// (pretended) GPU each.
@Timeout(240)
class SparkClusterTest {
  @TempDir private static Path folder;
  private static SparkExecutor spark;
  private static final AtomicInteger AT_WORK = new AtomicInteger(); // in each executor's process
  private static final TaskLog TASKS = new TaskLog();
  private static Map<String, String> properties = Map.of();

  @BeforeAll
  static void open() throws IOException {
    Path gpus = folder.resolve("gpus.sh");
    Files.writeString(gpus, "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[\"0\"]}'\n");
    Files.setPosixFilePermissions(gpus, PosixFilePermissions.fromString("rwxr-xr-x"));
    properties =
        Map.of(
            // executors take the classes under test from where this process has them
            "spark.executor.extraClassPath",
            System.getProperty("java.class.path"),
            "spark.worker.resource.gpu.amount",
            "1",
            "spark.worker.resource.gpu.discoveryScript",
            gpus.toString(),
            "spark.task.maxFailures",
            "3");
    properties.forEach(System::setProperty);
    spark =
        (SparkExecutor)
            new SparkExecutorProvider()
                .open(
                    new ExecutorProvider.Request(
                        new VectorEngine().identity(),
                        Optional.of("local-cluster[2,2,512]"),
                        1,
                        folder.resolve("checkpoints"),
                        Duration.ofMillis(20)));
    spark.context().sc().addSparkListener(TASKS);
  }

  @AfterAll
  static void close() {
    properties.keySet().forEach(System::clearProperty);
    List<ProcessHandle> executors = executors();
    spark.close();
    assertThat(executors).isNotEmpty().allSatisfy(one -> assertThat(ended(one)).isTrue());
  }

  private static boolean ended(ProcessHandle process) {
    try {
      return process.onExit().get(20, TimeUnit.SECONDS) != null;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /// The only Java processes that this one starts. (Their command lines, which would say so, are
  /// longer than a ProcessHandle shows.)
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }

  @Test
  void aRunCompletesWhenAnExecutorIsKilled() {
    List<TrialSpecification> trials =
        LongStream.rangeClosed(1, 5)
            .mapToObj(seed -> SparkTrials.trial(16, 40, 150 + seed, 0.005, seed))
            .toList();
    Killer killer = new Killer();
    killer.results.addAll(spark.run(trials, killer, SparkTrials.NEVER));
    List<TrialOutcome> onSpark = killer.outcomes(trials);

    assertThat(killer.kills).isPositive();
    assertThat(TASKS.ends).hasAtLeastOneElementOfType(ExecutorLostFailure.class);
    try (LocalExecutor executor = new LocalExecutor(TrialRunner.on(new VectorEngine()), 2)) {
      assertThat(onSpark).isEqualTo(SparkTrials.run(executor, trials).outcomes(trials));
    }
  }

  @Test
  void aTrialThatTakesItsWorkerDownEveryTimeHasFailed() {
    TrialSpecification deadly = SparkTrials.trial(8, 20, 1_000_000_000, 0.01, 1);
    SparkTrials.Heard heard =
        new SparkTrials.Heard() {
          @Override
          public synchronized void progressed(TrialProgress news) {
            super.progressed(news);
            executors().forEach(ProcessHandle::destroyForcibly);
          }
        };
    heard.results.addAll(spark.run(List.of(deadly), heard, SparkTrials.NEVER));

    assertThat(heard.outcomes(List.of(deadly)).getFirst().result())
        .isInstanceOfSatisfying(
            TrialResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("lost 3 times", "137"));

    TrialSpecification harmless = SparkTrials.trial(8, 20, 20, 0.01, 1);
    assertThat(SparkTrials.run(spark, List.of(harmless)).results)
        .hasOnlyElementsOfType(TrialResult.Finished.class);
  }

  @Test
  void aGpuIsSetAsideForEveryTask() {
    List<String> addresses =
        spark
            .context()
            .parallelize(List.of(1, 2, 3, 4, 5), 5)
            .map(number -> {
              int others = AT_WORK.getAndIncrement();
              Thread.sleep(100);
              AT_WORK.getAndDecrement();
              ResourceInformation gpu = TaskContext.get().resources().apply("gpu");
              return gpu.addresses()[0] + " beside " + others;
            })
            .collect();
    assertThat(addresses).as("two processors, but one GPU").containsOnly("0 beside 0").hasSize(5);
  }

  /// Kills an executor, as `kill -9` would, while trials run; and another one later, should the
  /// first have been between two trials at that moment.
  private static final class Killer extends SparkTrials.Heard {
    private int kills;

    @Override
    public synchronized void started(TrialSpecification specification) {
      super.started(specification);
      boolean lost = TASKS.ends.stream().anyMatch(ExecutorLostFailure.class::isInstance);
      if ((started.size() == 3 || started.size() == 5) && !lost) {
        kills++;
        executors().getFirst().destroyForcibly();
      }
    }
  }

  /// What Spark says of its tasks.
  private static final class TaskLog extends SparkListener {
    private final ConcurrentLinkedQueue<TaskEndReason> ends = new ConcurrentLinkedQueue<>();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      ends.add(event.reason());
    }
  }
}
