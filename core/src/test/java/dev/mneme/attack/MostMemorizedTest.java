package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.attack.MostMemorized.Sample;
import dev.mneme.measure.Interval;
import dev.mneme.measure.UnintendedMemorization;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MostMemorizedTest {
  private static final int[] ONCE = {1, 1, 1, 1, 1};

  /// Sequences of which a model remembers so many bits, 50 being the reference's.
  private static UnintendedMemorization remembered(double... net) {
    double[] reference = new double[net.length];
    Arrays.fill(reference, 50);
    double[] model = Arrays.stream(net).map(bits -> 50 - bits).toArray();
    return new UnintendedMemorization(
        CodeLengths.ofBits(reference), CodeLengths.ofBits(model), new Bits(64));
  }

  @Test
  void ranksByUnintendedBitsAndThenByIndex() {
    MostMemorized ranked =
        MostMemorized.of(
            remembered(3, -2, 8, 3, -9),
            new double[] {0.5, 1.5, 2.5, 3.5, 4.5},
            new int[] {1, 2, 3, 4, 5},
            4);

    assertThat(ranked.samples())
        .containsExactly(
            new Sample(2, new Bits(8), new Bits(2.5), 3),
            new Sample(0, new Bits(3), new Bits(0.5), 1),
            new Sample(3, new Bits(3), new Bits(3.5), 4),
            new Sample(1, Bits.ZERO, new Bits(1.5), 2)); // −2 and −9 are equal once clipped
  }

  /// Without ties, `ρ = 1 − 6 Σ d² / (n (n² − 1))`: ranks 1 2 3 4 5 and 2 1 4 3 5 give 0.8. The
  /// correlation is over all, however few are listed.
  @Test
  void correlatesRarityWithUnintendedBits() {
    double[] rarities = {10, 20, 30, 40, 50};
    MostMemorized ranked = MostMemorized.of(remembered(2, 1, 4, 3, 5), rarities, ONCE, 1);

    Interval correlation = ranked.rarityCorrelation().orElseThrow();
    assertThat(ranked.samples()).hasSize(1);
    assertThat(correlation.mean()).isCloseTo(0.8, within(1e-12));
    assertThat(correlation.observations()).isEqualTo(5);
    // clipped to 0 0 4 3 5, ranks 1.5 1.5 4 3 5: 8.5 / √(10 · 9.5) by Pearson
    assertThat(
            MostMemorized.of(remembered(-2, -1, 4, 3, 5), rarities, ONCE, 1)
                .rarityCorrelation()
                .orElseThrow()
                .mean())
        .isCloseTo(8.5 / Math.sqrt(95), within(1e-12));
  }

  @Test
  void hasNoCorrelationWhereNothingVaries() {
    double[] rarities = {1, 2, 3, 4, 5};
    double[] same = {2, 2, 2, 2, 2};
    assertThat(
            MostMemorized.of(remembered(-1, -2, -3, -4, -5), rarities, ONCE, 5).rarityCorrelation())
        .isEmpty();
    assertThat(MostMemorized.of(remembered(1, 2, 3, 4, 5), same, ONCE, 5).rarityCorrelation())
        .isEmpty();
    assertThat(
            MostMemorized.of(remembered(1, 2, 3), new double[] {1, 2, 3}, new int[] {1, 1, 1}, 5)
                .rarityCorrelation())
        .isEmpty();
  }

  @Property(tries = 200, seed = "20250524")
  void listsTheLargestInOrder(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -9, max = 9) Double> net,
      @ForAll @IntRange(min = 1, max = 50) int top) {
    double[] bits = net.stream().mapToDouble(Math::rint).toArray(); // many are equal
    int[] once = new int[bits.length];
    Arrays.fill(once, 1);

    List<Sample> samples =
        MostMemorized.of(remembered(bits), new double[bits.length], once, top).samples();

    assertThat(samples).hasSize(Math.min(top, bits.length));
    for (int i = 1; i < samples.size(); i++) {
      Sample before = samples.get(i - 1);
      Sample after = samples.get(i);
      int order = before.unintended().compareTo(after.unintended());
      assertThat(order > 0 || (order == 0 && before.index() < after.index())).isTrue();
    }
    double last = samples.getLast().unintended().value();
    assertThat(Arrays.stream(bits).filter(value -> Math.max(0, value) > last).count())
        .isLessThan(samples.size());
  }

  @Test
  void refusesWhatDoesNotBelongTogether() {
    UnintendedMemorization two = remembered(1, 2);
    double[] rarities = {1, 2};
    int[] once = {1, 1};
    assertThatThrownBy(() -> MostMemorized.of(two, new double[3], once, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 rarities and 2 occurrences do not belong to 2");
    assertThatThrownBy(() -> MostMemorized.of(two, rarities, ONCE, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MostMemorized.of(two, rarities, new int[] {1, 0}, 1))
        .hasMessageContaining("at least once");
    assertThatThrownBy(() -> MostMemorized.of(two, new double[] {1, Double.NaN}, once, 1))
        .hasMessageContaining("finite rarity");
    assertThatThrownBy(() -> MostMemorized.of(two, rarities, once, 0))
        .hasMessageContaining("not 0");
  }
}
