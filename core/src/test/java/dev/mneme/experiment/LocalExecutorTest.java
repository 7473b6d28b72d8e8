package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LocalExecutorTest {
  private static TrialSpecification trial(int sequences) {
    return new TrialSpecification(FakeTrials.MODEL, sequences, FakeTrials.TRAINING, 1);
  }

  private static List<TrialSpecification> trials(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(LocalExecutorTest::trial).toList();
  }

  private static final TrialRunner INSTANT =
      (trial, listener, stop) ->
          Optional.of(TrialOutcome.of(FakeTrials.finished(trial, trial.sequences())));

  @Test
  void resultsComeInTheOrderOfTheSpecifications() {
    try (LocalExecutor executor = new LocalExecutor(INSTANT, 2)) {
      List<TrialResult> results = executor.run(trials(20), TrialListener.NONE, () -> false);

      assertThat(results)
          .extracting(result -> result.specification().sequences())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }
  }

  @Test
  void theLongestTrialStartsFirst() {
    List<Integer> started = Collections.synchronizedList(new ArrayList<>());
    TrialListener listener =
        new TrialListener() {
          @Override
          public void started(TrialSpecification specification) {
            started.add(specification.sequences());
          }
        };
    CountDownLatch queued = new CountDownLatch(1);
    TrialRunner patient =
        (trial, news, stop) -> {
          try {
            queued.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.of(TrialOutcome.of(FakeTrials.finished(trial, 1)));
        };
    try (LocalExecutor executor = new LocalExecutor(patient, 1)) {
      Thread blocker =
          Thread.ofVirtual().start(() -> executor.run(List.of(trial(99)), listener, () -> false));
      while (started.isEmpty()) {
        Thread.onSpinWait();
      }
      Thread second =
          Thread.ofVirtual()
              .start(
                  () -> executor.run(List.of(trial(2), trial(9), trial(5)), listener, () -> false));
      while (executor.waiting() < 3) {
        Thread.onSpinWait();
      }
      queued.countDown();
      assertThat(join(blocker)).isTrue();
      assertThat(join(second)).isTrue();
    }
    assertThat(started).containsExactly(99, 9, 5, 2);
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void divergedAndFailedTrialsDoNotStopOthers() {
    TrialRunner runner =
        (trial, listener, stop) ->
            Optional.of(
                TrialOutcome.of(
                    switch (trial.sequences()) {
                      case 2 -> FakeTrials.diverged(trial);
                      case 3 -> FakeTrials.failed(trial);
                      default -> FakeTrials.finished(trial, 1);
                    }));
    try (LocalExecutor executor = new LocalExecutor(runner, 2)) {
      assertThat(executor.run(trials(4), TrialListener.NONE, () -> false))
          .extracting(Object::getClass)
          .isEqualTo(
              List.of(
                  TrialResult.Finished.class,
                  TrialResult.Diverged.class,
                  TrialResult.Failed.class,
                  TrialResult.Finished.class));
    }
  }

  @Test
  void aStopKeepsWhatIsFinishedAndStartsNothingMore() {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger begun = new AtomicInteger();
    TrialRunner runner =
        (trial, listener, stopped) -> {
          if (begun.incrementAndGet() == 3) {
            stop.set(true);
          }
          return stopped.getAsBoolean()
              ? Optional.empty()
              : Optional.of(TrialOutcome.of(FakeTrials.finished(trial, 1)));
        };
    try (LocalExecutor executor = new LocalExecutor(runner, 1)) {
      List<TrialResult> results = executor.run(trials(10), TrialListener.NONE, stop::get);

      assertThat(begun).hasValue(3);
      assertThat(results)
          .extracting(result -> result.specification().sequences())
          .containsExactly(9, 10);
    }
  }

  @Test
  void aListenerHearsOneThingAtATime() {
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    AtomicInteger heard = new AtomicInteger();
    TrialListener listener =
        new TrialListener() {
          @Override
          public void progressed(TrialProgress progress) {
            if (inside.incrementAndGet() > 1) {
              overlapped.set(true);
            }
            Thread.yield();
            inside.decrementAndGet();
            heard.incrementAndGet();
          }
        };
    TrialRunner runner =
        (trial, news, stop) -> {
          for (int step = 1; step <= 50; step++) {
            news.progressed(new TrialProgress(trial, step, 50, step, 0.1));
          }
          return Optional.of(TrialOutcome.of(FakeTrials.finished(trial, 1)));
        };
    try (LocalExecutor executor = new LocalExecutor(runner, 4)) {
      executor.run(trials(8), listener, () -> false);
    }
    assertThat(overlapped).isFalse();
    assertThat(heard).hasValue(400);
  }

  @Test
  void aBrokenListenerIsReportedNotSwallowed() {
    TrialListener broken =
        new TrialListener() {
          @Override
          public void ended(TrialOutcome outcome) {
            throw new IllegalStateException("the disk is full");
          }
        };
    try (LocalExecutor executor = new LocalExecutor(INSTANT, 2)) {
      assertThatThrownBy(() -> executor.run(trials(3), broken, () -> false))
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("the disk is full");
      // and the workers live on
      assertThat(executor.run(trials(3), TrialListener.NONE, () -> false)).hasSize(3);
    }
  }

  @Test
  void closingReleasesWaitingCallers() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    TrialRunner endless =
        (trial, listener, stop) -> {
          begun.countDown();
          while (!stop.getAsBoolean()) {
            Thread.onSpinWait();
          }
          return Optional.empty();
        };
    LocalExecutor executor = new LocalExecutor(endless, 1);
    List<TrialResult> results = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> results.addAll(executor.run(trials(5), TrialListener.NONE, () -> false)));
    begun.await();
    executor.close();

    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
    assertThat(results).isEmpty();
    assertThatThrownBy(() -> executor.run(trials(1), TrialListener.NONE, () -> false))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itNeedsAThread() {
    assertThatThrownBy(() -> new LocalExecutor(INSTANT, 0)).hasMessageContaining("0");
  }
}
