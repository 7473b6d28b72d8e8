package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CeilingTest {
  @Test
  void distinctSequencesHaveTheClosedForm() {
    TokenDataset data = RandomTokens.generate(new Seed(1), "test", 2048, 64, 100);

    // N · (S · log2 V − log2 N)
    assertThat(Ceiling.of(data).value())
        .isCloseTo(100 * (64 * 11 - Math.log(100) / Math.log(2)), within(1e-8));
  }

  @Test
  void reproducesThePublishedCeilingOfSixteenThousandSequences() {
    // 690.0 bits a sequence at N = 16,000, V = 2048, S = 64
    TokenDataset data = RandomTokens.generate(new Seed(2), "test", 2048, 64, 16_000);

    assertThat(Ceiling.of(data).value() / 16_000).isCloseTo(690.034, within(5e-4));
  }

  @Test
  void equalSequencesCostNothingToName() {
    TokenDataset data = TokenDataset.of(8, 2, new int[] {3, 5, 3, 5, 3, 5, 3, 5, 3, 5});

    assertThat(Ceiling.of(data).value()).isCloseTo(5 * 2 * 3, within(1e-12));
  }

  @Test
  void mixedMultiplicitiesCostTheEntropyOfTheEmpiricalDistribution() {
    // u occurs 3 times and v once: 3 · log2(4/3) + 1 · log2(4) = 8 − 3 · log2(3)
    TokenDataset data = TokenDataset.of(4, 1, new int[] {2, 0, 2, 2});

    assertThat(Ceiling.of(data).value())
        .isCloseTo(4 * 2 - (8 - 3 * Math.log(3) / Math.log(2)), within(1e-12));
  }

  @Test
  void nothingCanBeSavedWhereEverySequenceOccursEquallyOften() {
    int[] everyPair = new int[2 * 2 * 9 * 7];
    for (int i = 0; i < everyPair.length / 2; i++) {
      everyPair[2 * i] = i % 9 / 3;
      everyPair[2 * i + 1] = i % 3;
    }

    assertThat(Ceiling.of(TokenDataset.of(3, 2, everyPair)).value()).isBetween(0.0, 1e-10);
  }

  @Test
  void staysAtOrAboveZeroWithMoreSequencesThanExist() {
    TokenDataset data = RandomTokens.generate(new Seed(3), "test", 4, 2, 500); // V^S = 16

    double ceiling = Ceiling.of(data).value();

    // The empirical entropy falls short of log2(16) by about (16 − 1) / (2 · N · ln 2) per sequence.
    assertThat(ceiling).isBetween(1.0, 40.0);
  }

  @Property(tries = 100)
  void liesBetweenZeroAndTheEntropyAndForgetsOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int vocabulary,
      @ForAll @IntRange(min = 1, max = 3) int length,
      @ForAll @IntRange(min = 1, max = 300) int count) {
    TokenDataset data = RandomTokens.generate(new Seed(seed), "test", vocabulary, length, count);
    int[] reversed = new int[count * length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(data.sequence(i), 0, reversed, (count - 1 - i) * length, length);
    }

    double ceiling = Ceiling.of(data).value();

    double entropy = count * length * Math.log(vocabulary) / Math.log(2);
    assertThat(ceiling).isBetween(0.0, entropy * (1 + 1e-14));
    assertThat(Ceiling.of(TokenDataset.of(vocabulary, length, reversed)).value()).isEqualTo(ceiling);
  }

  @Test
  void refusesWhatHasNoCeiling() {
    assertThatThrownBy(() -> Ceiling.of(TokenDataset.of(4, 2, new int[0])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> Ceiling.share(new Bits(1), Bits.ZERO))
        .hasMessageContaining("ceiling above 0");
    assertThat(Ceiling.share(new Bits(-5), new Bits(10))).isEqualTo(-0.5);
  }
}
