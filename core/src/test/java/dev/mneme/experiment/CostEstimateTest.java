package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CostEstimateTest {
  private static final GptConfig LARGER = GptConfig.of(2, 8, 16, 6);

  private static TrialSpecification trial(GptConfig model, long steps, long seed) {
    return new TrialSpecification(model, 20, EngineTrialRunnerTest.plan(steps, 0.01), seed);
  }

  private static CostEstimate ofSeconds(long... seconds) {
    return new CostEstimate(
        LongStream.of(seconds)
            .mapToObj(time ->
                new CostEstimate.Trial(
                    trial(EngineTrialRunnerTest.MODEL, time, 1),
                    100 * time,
                    Duration.ofSeconds(time),
                    10 * time))
            .toList());
  }

  @Test
  void wallTimeIsThatOfTheLongestTrialsFirst() {
    CostEstimate estimate = ofSeconds(1, 5, 3, 3);
    assertThat(estimate.coreTime()).isEqualTo(Duration.ofSeconds(12));
    assertThat(estimate.wallTime(1)).isEqualTo(Duration.ofSeconds(12));
    assertThat(estimate.wallTime(2)).isEqualTo(Duration.ofSeconds(6)); // 5+1 beside 3+3
    assertThat(estimate.wallTime(100)).isEqualTo(Duration.ofSeconds(5));
    assertThat(estimate.tokens()).isEqualTo(1200);
    assertThat(estimate.bytes(2)).isEqualTo(80);
  }

  @Test
  void timeGrowsWithStepsAndModel() {
    CostEstimate estimate =
        CostEstimate.measure(
            new ReferenceEngine(),
            List.of(
                trial(EngineTrialRunnerTest.MODEL, 1000, 1),
                trial(EngineTrialRunnerTest.MODEL, 100_000, 1),
                trial(LARGER, 100_000, 1)),
            () -> true); // one window is enough here
    List<CostEstimate.Trial> trials = estimate.trials();
    assertThat(trials.getFirst().tokens()).isEqualTo(1000 * 8 * 6);
    assertThat(trials.get(1).time().toMillis())
        .isBetween(
            90 * trials.getFirst().time().toMillis(), 110 * trials.getFirst().time().toMillis());
    assertThat(trials.get(2).time()).isPositive();
    assertThat(trials.get(2).bytes()).isGreaterThan(trials.get(1).bytes());
  }
}
