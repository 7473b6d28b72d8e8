package dev.mneme.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
  @Property(seed = "2026")
  void powersOfTwoCostWholeBits(@ForAll @IntRange(min = 0, max = 60) int exponent) {
    assertThat(Bits.toChoose((double) (1L << exponent)).value())
        .isCloseTo(exponent, within(1e-13 * Math.max(1, exponent)));
  }

  @Test
  void aNatIsLog2OfE() {
    assertThat(Bits.ofNats(1).value()).isCloseTo(1.4426950408889634, within(1e-15));
    assertThat(Bits.ofNats(Math.log(2048)).value()).isCloseTo(11, within(1e-13));
  }

  @Test
  void bitsAddAndSpread() {
    Bits bits = new Bits(3).plus(new Bits(4)).minus(Bits.ZERO).times(2);
    assertThat(bits).isEqualTo(new Bits(14));
    assertThat(bits.per(4)).isEqualTo(new BitsPerParameter(3.5));
    assertThat(new BitsPerParameter(3.5).times(4)).isEqualTo(bits);
    assertThat(new Bits(-1)).isLessThan(Bits.ZERO);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesAmountsThatAreNotFinite(double value) {
    assertThatThrownBy(() -> new Bits(value)).hasMessageContaining(String.valueOf(value));
    assertThatThrownBy(() -> new BitsPerParameter(value))
        .hasMessageContaining(String.valueOf(value));
    assertThatThrownBy(() -> CodeLengths.ofBits(new double[] {0, value}))
        .hasMessage("code length of sequence 1 is " + value);
    assertThatThrownBy(() -> Bits.toChoose(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(seed = "2026")
  void totalIsExactToTheLastDigits(
      @ForAll @Size(max = 50) List<@DoubleRange(min = -1e9, max = 1e9) Double> values) {
    double[] bits = values.stream().mapToDouble(Double::doubleValue).toArray();
    BigDecimal exact = BigDecimal.ZERO;
    for (double value : bits) {
      exact = exact.add(new BigDecimal(value));
    }
    double magnitude = Arrays.stream(bits).map(Math::abs).sum();
    assertThat(CodeLengths.ofBits(bits).total().value())
        .isCloseTo(exact.doubleValue(), within(Math.ulp(exact.doubleValue()) + 1e-28 * magnitude));
  }

  /// A plain sum gives 0 here.
  @Test
  void totalKeepsSmallLengthsBesideLargeOnes() {
    assertThat(CodeLengths.ofBits(new double[] {1, 1e100, 1, -1e100}).total())
        .isEqualTo(new Bits(2));
  }

  @Test
  void codeLengthsAreCopied() {
    double[] bits = {1, 2};
    CodeLengths lengths = CodeLengths.ofBits(bits);
    bits[0] = 9;
    lengths.toArray()[1] = 9;
    assertThat(lengths).isEqualTo(CodeLengths.ofBits(new double[] {1, 2}));
    assertThat(lengths.bits(1)).isEqualTo(2);
    assertThat(lengths.count()).isEqualTo(2);
  }

  @Test
  void theFirstCodeLengthsAreNested() {
    CodeLengths lengths = CodeLengths.ofBits(new double[] {1, 2, 4});
    assertThat(lengths.first(2)).isEqualTo(CodeLengths.ofBits(new double[] {1, 2}));
    assertThat(lengths.first(3)).isEqualTo(lengths);
    assertThatThrownBy(() -> lengths.first(4)).hasMessageContaining("cannot take 4 of 3");
    assertThatThrownBy(() -> lengths.first(0)).hasMessageContaining("cannot take 0 of 3");
  }

  @Test
  void refusesCountsThatCannotBe() {
    assertThatThrownBy(() -> new ParameterCount(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ParameterCount(5, 6)).hasMessageContaining("6 and 5");
    assertThatThrownBy(() -> new ParameterCount(5, -1)).hasMessageContaining("-1 and 5");
  }
}
