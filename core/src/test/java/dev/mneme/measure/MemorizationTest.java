package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.TokenDataset;
import dev.mneme.unit.CodeLengths;
import org.junit.jupiter.api.Test;

class MemorizationTest {
  /// Three sequences of 2 tokens over 16, so 8 bits each.
  private static final TokenDataset DATA = TokenDataset.of(16, 2, new int[] {1, 2, 3, 4, 5, 6});

  private static Memorization of(double... bits) {
    return Memorization.ofRandomTokens(DATA, CodeLengths.ofBits(bits));
  }

  @Test
  void netAddsLossesAndClippedDoesNot() {
    Memorization memorization = of(2, 7, 12); // saved: 6, 1, −4

    assertThat(memorization.entropy().value()).isCloseTo(24, within(1e-13));
    assertThat(memorization.net().value()).isCloseTo(3, within(1e-13));
    assertThat(memorization.clipped().value()).isCloseTo(7, within(1e-13));
    // mean 1, squares 25 + 0 + 25, variance 25 a sequence, 75 for the sum of three
    assertThat(memorization.netStandardError().value()).isCloseTo(Math.sqrt(75), within(1e-13));
  }

  @Test
  void aUniformModelMemorizesNothing() {
    Memorization memorization = of(8, 8, 8);

    assertThat(memorization.net().value()).isCloseTo(0, within(1e-13));
    assertThat(memorization.netStandardError().value()).isLessThan(1e-13);
  }

  @Test
  void refusesCodeLengthsOfOtherData() {
    assertThatThrownBy(() -> of(8, 8))
        .hasMessageContaining("2 code lengths")
        .hasMessageContaining("3");
    assertThatThrownBy(() ->
            Memorization.ofRandomTokens(
                TokenDataset.of(16, 2, new int[0]), CodeLengths.ofBits(new double[0])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 sequence");
  }
}
