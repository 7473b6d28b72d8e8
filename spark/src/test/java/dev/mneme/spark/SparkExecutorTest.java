package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.experiment.ExecutorProvider;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Spark in this process: `local[*]`.
@Timeout(120)
class SparkExecutorTest {
  @TempDir private static Path folder;
  private static TrialExecutor spark;

  @BeforeAll
  static void open() {
    spark =
        ExecutorProvider.named("spark")
            .orElseThrow()
            .open(SparkTrials.request(new VectorEngine(), "local[*]", folder));
  }

  @AfterAll
  static void close() throws IOException {
    spark.close();
    try (var left = Files.list(folder.resolve("checkpoints"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void resultsAreThoseOfLocalThreadsBitForBit() {
    List<TrialSpecification> trials = SparkTrials.mixed();

    List<TrialOutcome> one = local(trials, 1);
    List<TrialOutcome> two = local(trials, 2);
    List<TrialOutcome> onSpark = SparkTrials.run(spark, trials).outcomes(trials);

    assertThat(one.stream().<Object>map(outcome -> outcome.result().getClass()).distinct())
        .containsExactlyInAnyOrder(
            TrialResult.Finished.class, TrialResult.Diverged.class, TrialResult.Failed.class);
    assertThat(one).filteredOn(outcome -> outcome.scores().isPresent()).hasSize(8);
    assertThat(two).isEqualTo(one);
    assertThat(onSpark).isEqualTo(one);
  }

  private static List<TrialOutcome> local(List<TrialSpecification> trials, int threads) {
    try (LocalExecutor executor = new LocalExecutor(TrialRunner.on(new VectorEngine()), threads)) {
      return SparkTrials.run(executor, trials).outcomes(trials);
    }
  }

  @Test
  void theLongestTrialBeginsFirst() {
    List<TrialSpecification> trials =
        LongStream.of(20, 900, 40, 700).mapToObj(steps -> trial(steps)).toList();
    assertThat(SparkTrials.run(spark, trials).started)
        .extracting(trial -> trial.plan().steps())
        .containsExactly(900L, 700L, 40L, 20L);
  }

  @Test
  void resultsComeWhileOthersRunAndProgressIsTold() {
    TrialSpecification quick = trial(20);
    TrialSpecification endless = trial(1_000_000_000);
    AtomicBoolean stop = new AtomicBoolean();
    SparkTrials.Heard heard =
        new SparkTrials.Heard() {
          @Override
          public synchronized void progressed(TrialProgress news) {
            super.progressed(news);
            if (!ended.isEmpty() && news.specification().equals(endless) && news.step() > 0) {
              stop.set(true);
            }
          }
        };
    List<TrialResult> results = spark.run(List.of(endless, quick), heard, stop::get);

    assertThat(results).extracting(TrialResult::specification).containsExactly(quick);
    assertThat(heard.progress)
        .filteredOn(news -> news.specification().equals(endless))
        .last()
        .satisfies(news -> {
          assertThat(news.step()).isPositive();
          assertThat(news.steps()).isEqualTo(1_000_000_000);
          assertThat(news.trainedTokens()).isEqualTo(news.step() * 8 * 8);
          assertThat(news.bitsPerParameter()).isPositive();
        });
    // and it left off where the next run goes on
    assertThat(folder.resolve("checkpoints").toFile().listFiles())
        .anyMatch(java.io.File::isDirectory);
  }

  private static TrialSpecification trial(long steps) {
    return SparkTrials.trial(8, 20, steps, 0.01, 5);
  }

  @Test
  void aBrokenListenerIsReportedAndTheExecutorLivesOn() {
    TrialListener broken =
        new TrialListener() {
          @Override
          public void ended(TrialOutcome outcome) {
            throw new IllegalStateException("the disk is full");
          }
        };
    List<TrialSpecification> trials = List.of(trial(20), trial(30), trial(40));
    assertThatThrownBy(() -> spark.run(trials, broken, SparkTrials.NEVER))
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("the disk is full");
    assertThat(spark.run(trials, TrialListener.NONE, SparkTrials.NEVER)).hasSize(3);
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(spark.run(List.of(), TrialListener.NONE, SparkTrials.NEVER)).isEmpty();
    assertThat(spark.parallelism()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
