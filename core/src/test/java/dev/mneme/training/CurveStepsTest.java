package dev.mneme.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.engine.AdamW;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule.Decay;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CurveStepsTest {
  @Test
  void pointsDoubleWhereTenOfThemCoverTwoToTheTen() {
    assertThat(CurveSteps.of(plan(1024, 10)))
        .containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L);
  }

  @Property(tries = 300, seed = "42")
  void stepsAscendAndEndAtTheLast(
      @ForAll @LongRange(min = 1, max = 1_000_000) long steps,
      @ForAll @IntRange(min = 1, max = 60) int points) {
    var curve = CurveSteps.of(plan(steps, points));
    assertThat(curve).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(points);
    assertThat(curve.getFirst()).isPositive();
    assertThat(curve.getLast()).isEqualTo(steps);
  }

  private static TrainingPlan plan(long steps, int points) {
    return new TrainingPlan(
        steps,
        4,
        new LearningRateSchedule(0.01, 0, 0, Decay.COSINE),
        new AdamW(0.9, 0.999, 1e-8, 0),
        Initialization.GPT2,
        points);
  }
}
