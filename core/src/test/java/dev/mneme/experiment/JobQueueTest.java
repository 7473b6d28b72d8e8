package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class JobQueueTest {
  /// A job of so many bytes.
  private record Job(int order, long bytes) {}

  private static JobQueue<Job> queue(long most, Job... jobs) {
    JobQueue<Job> queue = new JobQueue<>(Comparator.comparingInt(Job::order), Job::bytes, most);
    queue.addAll(List.of(jobs));
    return queue;
  }

  @Test
  void jobsComeInTheirOrderWhereMemoryAllows() throws InterruptedException {
    JobQueue<Job> queue = queue(100, new Job(2, 10), new Job(1, 50), new Job(3, 30));
    assertThat(List.of(queue.take(), queue.take(), queue.take()))
        .extracting(Job::order)
        .containsExactly(1, 2, 3);
  }

  @Test
  void oneThatDoesNotFitLetsASmallerOnePass() throws InterruptedException {
    JobQueue<Job> queue = queue(100, new Job(1, 60), new Job(2, 60), new Job(3, 40));
    assertThat(queue.take().order()).isEqualTo(1);
    assertThat(queue.take().order()).isEqualTo(3);
  }

  @Test
  void releasedMemoryIsGivenAgain() throws Exception {
    JobQueue<Job> queue = queue(100, new Job(1, 60), new Job(2, 60));
    Job first = queue.take();
    CompletableFuture<Job> second = new CompletableFuture<>();
    Thread worker =
        Thread.ofVirtual()
            .start(() -> {
              try {
                second.complete(queue.take());
              } catch (InterruptedException e) {
                second.completeExceptionally(e);
              }
            });
    while (worker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(second).isNotDone();
    queue.release(first);
    assertThat(second.get(10, TimeUnit.SECONDS).order()).isEqualTo(2);
    assertThat(worker.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void oneThatNeedsMoreThanThereIsRunsAlone() throws InterruptedException {
    JobQueue<Job> queue = queue(100, new Job(1, 500), new Job(2, 10));
    Job large = queue.take();
    assertThat(large.order()).isEqualTo(1);
    assertThat(queue.size()).isEqualTo(1);
    queue.release(large);
    assertThat(queue.take().order()).isEqualTo(2);
  }

  @Test
  void drainingTakesWhatWaits() throws InterruptedException {
    JobQueue<Job> queue = queue(100, new Job(1, 10), new Job(2, 10));
    queue.take();
    assertThat(queue.drain()).extracting(Job::order).containsExactly(2);
    assertThat(queue.size()).isZero();
  }
}
