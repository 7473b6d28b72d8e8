package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.NonFiniteException;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SymbolDistributionTest {
  @Test
  void equalLogitsGetEqualCounts() {
    SymbolDistribution distribution = SymbolDistribution.ofLogits(new double[] {9, 5, 5, 5, 5}, 1, 4);

    for (int symbol = 0; symbol < 4; symbol++) {
      assertThat(distribution.count(symbol)).isEqualTo(1L << 46);
    }
    assertThat(distribution.before(4)).isEqualTo(1L << 48);
  }

  @Test
  void theImpossibleKeepsOneCount() {
    SymbolDistribution distribution = SymbolDistribution.ofWeights(0, 1, 0);
    assertThat(distribution.count(0)).isEqualTo(1);
    assertThat(distribution.count(1)).isEqualTo((1L << 48) - 2);
    assertThat(distribution.count(2)).isEqualTo(1);
    assertThat(SymbolDistribution.ofLogits(new double[] {-1e300, 1e300}, 0, 2).count(0)).isEqualTo(1);
  }

  @Property(tries = 150)
  void everySymbolGetsItsShareAndNeverLess(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5000) int symbols,
      @ForAll @DoubleRange(min = 0, max = 50) double skew) {
    RandomStream stream = new Seed(seed).stream();
    double[] logits = new double[symbols];
    double[] weights = new double[symbols];
    double sum = 0;
    for (int i = 0; i < symbols; i++) {
      logits[i] = skew * stream.nextGaussian();
    }
    double largest = java.util.Arrays.stream(logits).max().orElseThrow();
    for (int i = 0; i < symbols; i++) {
      weights[i] = StrictMath.exp(logits[i] - largest);
      sum += weights[i];
    }

    SymbolDistribution distribution = SymbolDistribution.ofLogits(logits, 0, symbols);

    long total = 0;
    for (int i = 0; i < symbols; i++) {
      double share = weights[i] / sum * (SymbolDistribution.TOTAL - symbols);
      total += distribution.count(i);
      assertThat(distribution.count(i)).isGreaterThanOrEqualTo(1);
      // one count for all, plus the rest of the rounding for the likeliest alone
      assertThat(distribution.count(i) - share)
          .isBetween(-0.001 * symbols - 1e-9, weights[i] == 1 ? symbols + 2.0 : 1.0);
    }
    assertThat(total).isEqualTo(SymbolDistribution.TOTAL);
    assertThat(distribution.before(0)).isZero();
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatThrownBy(() -> SymbolDistribution.ofLogits(new double[] {0, Double.NaN}, 0, 2))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("symbol 1 is NaN");
    assertThatThrownBy(
            () -> SymbolDistribution.ofLogits(new double[] {Double.NEGATIVE_INFINITY, 0}, 0, 2))
        .isInstanceOf(NonFiniteException.class);
    assertThatThrownBy(() -> SymbolDistribution.ofWeights(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SymbolDistribution.ofWeights(1, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SymbolDistribution.ofWeights(0, 0)).hasMessageContaining("sum above 0");
    assertThatThrownBy(() -> SymbolDistribution.ofWeights(Double.MAX_VALUE, Double.MAX_VALUE))
        .hasMessageContaining("finite sum");
    assertThatThrownBy(SymbolDistribution::ofWeights).hasMessageContaining("given 0");
    assertThatThrownBy(() -> SymbolDistribution.ofCounts(1, 2)).hasMessageContaining("their sum is 3");
    assertThatThrownBy(() -> SymbolDistribution.ofCounts(0, 1L << 48))
        .hasMessageContaining("symbol 0 is 0");
  }
}
