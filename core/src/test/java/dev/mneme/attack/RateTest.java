package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.junit.jupiter.api.Test;

class RateTest {
  /// By the definition: at the lower bound, as many hits or more have a probability of 2.5%, at the
  /// upper bound as many or fewer.
  @Test
  void boundsAreWhereTheBinomialTailsAre() {
    for (int cases : new int[] {1, 7, 200}) {
      for (int hits = 0; hits <= cases; hits += 1 + cases / 10) {
        Rate rate = Rate.of(hits, cases);
        if (hits > 0) {
          BinomialDistribution low = new BinomialDistribution(cases, rate.low());
          assertThat(1 - low.cumulativeProbability(hits - 1)).isCloseTo(0.025, within(1e-7));
        }
        if (hits < cases) {
          BinomialDistribution high = new BinomialDistribution(cases, rate.high());
          assertThat(high.cumulativeProbability(hits)).isCloseTo(0.025, within(1e-7));
        }
      }
    }
  }

  /// None of n: the upper bound is 1 − 0.025^(1/n).
  @Test
  void knowsTheClosedFormsAtTheEnds() {
    Rate none = Rate.of(0, 30);
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(1 - Math.pow(0.025, 1 / 30.0), within(1e-9));
    Rate all = Rate.of(30, 30);
    assertThat(all.low()).isCloseTo(Math.pow(0.025, 1 / 30.0), within(1e-9));
    assertThat(all.high()).isEqualTo(1);
    assertThat(all.value()).isEqualTo(1);
  }

  @Test
  void coversAtLeastAsOftenAsItSays() {
    RandomStream random = new Seed(8).stream();
    int covered = 0;
    for (int run = 0; run < 2_000; run++) {
      int hits = 0;
      for (int i = 0; i < 60; i++) {
        hits += random.nextDouble() < 0.1 ? 1 : 0;
      }
      Rate rate = Rate.of(hits, 60);
      covered += rate.low() <= 0.1 && 0.1 <= rate.high() ? 1 : 0;
    }
    assertThat(covered / 2_000.0).isBetween(0.94, 0.995);
  }

  @Test
  void refusesWhatIsNoRate() {
    assertThatThrownBy(() -> Rate.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rate.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rate.of(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
