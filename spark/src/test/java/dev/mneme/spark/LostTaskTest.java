package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/// Messages as Spark 4.2.0 gives them; [SparkClusterTest] makes it give the first one.
class LostTaskTest {
  private static final String ABORTED =
      "Job aborted due to stage failure: Task 0 in stage 6.0 failed 4 times, most recent failure:"
          + " Lost task 0.3 in stage 6.0 (TID 13) (127.0.0.1 executor 3): ";

  @Test
  void lostWorkersAreTheTrialsOwnFailure() {
    assertThat(
            LostTask.reason(
                new SparkException(
                    ABORTED
                        + "ExecutorLostFailure (executor 3 exited caused by one of the running"
                        + " tasks) Reason: Command exited with code 137\nDriver stacktrace:")))
        .contains(
            "its worker was lost 4 times, lastly: ExecutorLostFailure (executor 3 exited caused by"
                + " one of the running tasks) Reason: Command exited with code 137");
  }

  @Test
  void troubleThatConcernsMoreThanOneTrialIsNot() {
    assertThat(
            LostTask.reason(
                new SparkException(
                    ABORTED + "java.lang.ClassNotFoundException: dev.mneme.spark.TrialTask")))
        .isEmpty();
    assertThat(
            LostTask.reason(
                new SparkException("Job 3 cancelled because SparkContext was shut down")))
        .isEmpty();
    assertThat(LostTask.reason(new IllegalStateException())).isEmpty();
  }
}
