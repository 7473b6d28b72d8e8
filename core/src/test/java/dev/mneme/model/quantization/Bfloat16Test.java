package dev.mneme.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Bfloat16Test {
  @Property
  void nothingInBfloat16IsNearer(@ForAll float value) {
    float rounded = Bfloat16.round(value);
    int bits = Float.floatToRawIntBits(rounded);

    assertThat(bits & 0xFFFF).isZero();
    if (Float.isFinite(rounded)) {
      double error = Math.abs((double) rounded - value);
      for (int step : new int[] {-0x10000, 0x10000}) {
        float neighbour = Float.intBitsToFloat(bits + step);
        if (Float.isFinite(neighbour)) {
          assertThat(Math.abs((double) neighbour - value)).isGreaterThanOrEqualTo(error);
        }
      }
    }
    assertThat(Bfloat16.round(rounded)).isEqualTo(rounded);
  }

  @Test
  void whatIsNotFiniteStays() {
    assertThat(Bfloat16.round(Float.NaN)).isNaN();
    assertThat(Bfloat16.round(Float.intBitsToFloat(0x7FFF_FFFF))).isNaN();
    assertThat(Bfloat16.round(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Bfloat16.roundAtRandom(Float.NaN, 0xFFFF)).isNaN();
    assertThat(Bfloat16.roundAtRandom(Float.POSITIVE_INFINITY, 1))
        .isEqualTo(Float.POSITIVE_INFINITY);
  }

  /// 1 + 2⁻⁹ lies a quarter of the way from 1 to 1 + 2⁻⁷; the 65,536 random numbers are all tried.
  @Test
  void theExpectationOfRandomRoundingIsTheValue() {
    for (float sign : new float[] {1, -1}) {
      int up = 0;
      for (int random = 0; random < 1 << 16; random++) {
        float rounded = Bfloat16.roundAtRandom(sign * (1 + 0x1p-9f), random);
        assertThat(Math.abs(rounded)).isIn(1f, 1 + 0x1p-7f);
        up += Math.abs(rounded) == 1 ? 0 : 1;
      }
      assertThat(up).isEqualTo(1 << 14);
    }
  }

  @Test
  void randomBitsAreUniformOverWeightsAndDifferBetweenSteps() {
    double sum = 0;
    int same = 0;
    for (int index = 0; index < 100_000; index++) {
      long bits = RandomStream.at(new Seed(5), index) & 0xFFFF;
      sum += bits;
      same += bits == (RandomStream.at(new Seed(6), index) & 0xFFFF) ? 1 : 0;
    }
    assertThat(sum / 100_000).isCloseTo(32767.5, within(4 * 18918.0 / Math.sqrt(100_000)));
    assertThat(same).isLessThan(10);
  }
}
