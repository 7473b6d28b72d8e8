package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.unit.Bits;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedStatisticsTest {
  @Test
  void threeSeedsGiveStudentsInterval() {
    Interval interval = SeedStatistics.interval(1, 2, 3);

    // t(0.975, 2) = 4.302652729911275, s = 1
    assertThat(interval.mean()).isEqualTo(2);
    assertThat(interval.halfWidth()).isCloseTo(4.302652729911275 / Math.sqrt(3), within(1e-8));
    assertThat(interval.low()).isCloseTo(2 - interval.halfWidth(), within(1e-14));
    assertThat(interval.observations()).isEqualTo(3);
    assertThat(interval.isPoint()).isFalse();
  }

  @Test
  void oneSeedGivesAPoint() {
    assertThat(SeedStatistics.interval(0.1)).isEqualTo(new Interval(0.1, 0.1, 0.1, 1));
    assertThat(SeedStatistics.interval(0.1).isPoint()).isTrue();
  }

  @Test
  void equalValuesGiveAnIntervalOfNoWidth() {
    assertThat(SeedStatistics.interval(0.1, 0.1, 0.1)).isEqualTo(new Interval(0.1, 0.1, 0.1, 3));
  }

  @Test
  void takesBits() {
    assertThat(SeedStatistics.ofBits(List.of(new Bits(4), new Bits(6))))
        .isEqualTo(SeedStatistics.interval(4, 6));
  }

  @Property(tries = 200)
  void movesAndScalesWithItsValues(
      @ForAll @DoubleRange(min = 0.5, max = 100) double scale,
      @ForAll @DoubleRange(min = -1000, max = 1000) double shift) {
    double[] values = {1.5, 2.25, 7};
    double[] moved = {1.5 * scale + shift, 2.25 * scale + shift, 7 * scale + shift};

    Interval before = SeedStatistics.interval(values);
    Interval after = SeedStatistics.interval(moved);

    assertThat(after.mean()).isCloseTo(before.mean() * scale + shift, within(1e-9));
    assertThat(after.halfWidth()).isCloseTo(before.halfWidth() * scale, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesNonFiniteValues(double bad) {
    assertThatThrownBy(() -> SeedStatistics.interval(1, bad, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value 1 of 3 is " + bad);
    assertThatThrownBy(() -> new Interval(bad, bad, bad, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(1, 1, 1, 1).dividedBy(bad))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNoValues() {
    assertThatThrownBy(SeedStatistics::interval).hasMessageContaining("at least 1 value");
  }
}
