package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressAccumulatorTest {
  /// Spark asks for the progress of tasks before they have made any, and in a moment when the
  /// accumulator is not read to its end and has no fields yet.
  @Test
  void nothingIsKnownAtFirst() {
    ProgressAccumulator progress = new ProgressAccumulator();
    assertThat(progress.isZero()).isTrue();
    assertThat(progress.value()).isEqualTo(TaskProgress.NONE);
    assertThat(progress.copy().value()).isEqualTo(TaskProgress.NONE);
  }

  @Test
  void theNewestOfATaskAndTheFurthestOfTwoCount() {
    ProgressAccumulator one = new ProgressAccumulator();
    one.add(new TaskProgress(5, 40, 0.5));
    one.add(new TaskProgress(7, 56, 0.7));
    ProgressAccumulator other = new ProgressAccumulator();
    other.add(new TaskProgress(6, 48, 0.6));

    other.merge(one);
    one.merge(new ProgressAccumulator());
    assertThat(one.value()).isEqualTo(new TaskProgress(7, 56, 0.7));
    assertThat(other.value()).isEqualTo(one.value());
    one.reset();
    assertThat(one.isZero()).isTrue();
  }
}
