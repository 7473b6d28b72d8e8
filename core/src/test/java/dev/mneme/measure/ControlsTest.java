package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlsTest {
  private static Memorization memorization(double net, double clipped, double standardError) {
    return new Memorization(
        new Bits(10_000), new Bits(net), new Bits(clipped), new Bits(standardError));
  }

  private static final Memorization TRAINED = memorization(5000, 5000, 10);

  @Test
  void freshDataMaySaveThreeStandardErrors() {
    assertThat(Controls.freshData(memorization(-3000, 2, 100), TRAINED).passed()).isTrue();
    assertThat(Controls.freshData(memorization(29.99, 40, 10), TRAINED).passed()).isTrue();

    Control failed = Controls.freshData(memorization(30.01, 40, 10), TRAINED);
    assertThat(failed.passed()).isFalse();
    assertThat(failed.number()).isEqualTo(1);
    assertThat(failed.value()).isGreaterThan(failed.limit());
    assertThat(failed.figures()).contains("saved 30.01 bits").contains("noise floor is 40.00 bits");
  }

  @Test
  void theNoiseFloorMayBeOnePercentOfTheTrainingFigure() {
    assertThat(Controls.freshData(memorization(-3000, 50, 10), TRAINED).passed()).isTrue();

    Control failed = Controls.freshData(memorization(-3000, 50.1, 10), TRAINED);
    assertThat(failed.passed()).isFalse();
    assertThat(failed.value()).isEqualTo(50.1);
    assertThat(failed.limit()).isEqualTo(50);
    assertThat(failed.figures()).contains("1.002% of the training figure of 5000 bits");
  }

  @Test
  void aNoiseFloorBesideATrainingFigureOfNothingFails() {
    assertThat(Controls.freshData(memorization(-1, 0, 1), memorization(0, 0, 1)).passed()).isFalse();
    assertThat(Controls.freshData(memorization(-1, 0, 1), memorization(-9, 0, 1)).passed()).isFalse();
  }

  @Test
  void aTinySetReachesNinetyNinePercentOfItsCeiling() {
    Bits capacity = new Bits(1e6);
    Bits ceiling = new Bits(9900);
    assertThat(Controls.tinySet(memorization(9801, 9801, 1), ceiling, capacity).passed()).isTrue();

    Control failed = Controls.tinySet(memorization(9800, 9801, 1), ceiling, capacity);
    assertThat(failed.passed()).isFalse();
    assertThat(failed.value()).isLessThan(failed.limit());
    assertThat(failed.figures()).contains("98.990%");
  }

  @Test
  void aSetThatIsNotTinyProvesNothing() {
    Control failed =
        Controls.tinySet(memorization(9900, 9900, 1), new Bits(9900), new Bits(0.99e6));
    assertThat(failed.passed()).isFalse();
    assertThat(failed.figures()).contains("more than the 1%");
    assertThatThrownBy(
            () -> Controls.tinySet(memorization(1, 1, 1), new Bits(1), Bits.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTinySetSizeIsOnePercentOfTheCapacity() {
    assertThat(Controls.tinySetSize(new Bits(3.39e5), new Bits(704))).isEqualTo(4);
    assertThat(Controls.tinySetSize(new Bits(20_000), new Bits(448))).isZero();
    assertThatThrownBy(() -> Controls.tinySetSize(new Bits(1), Bits.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anUntrainedModelSavesNothing() {
    assertThat(Controls.untrainedModel(memorization(-100, 5, 10)).passed()).isTrue();
    assertThat(Controls.untrainedModel(memorization(30, 35, 10)).passed()).isTrue();
    assertThat(Controls.untrainedModel(memorization(31, 35, 10)).passed()).isFalse();
    // Rounding of an exactly uniform model is no saving, 1e-7 bits of 10,000 are.
    assertThat(Controls.untrainedModel(memorization(1e-9, 1e-9, 0)).passed()).isTrue();
    assertThat(Controls.untrainedModel(memorization(1e-7, 1e-7, 0)).passed()).isFalse();
  }

  @Test
  void aUniformModelCostsTheUniformCode() {
    TokenDataset data = RandomTokens.generate(new Seed(1), "test", 2048, 64, 50);
    double[] lengths = new double[50];
    Arrays.fill(lengths, 704);
    assertThat(Controls.uniformModel(CodeLengths.ofBits(lengths), data).passed()).isTrue();

    lengths[7] += 704 * 50 * 2e-12;
    Control failed = Controls.uniformModel(CodeLengths.ofBits(lengths), data);
    assertThat(failed.passed()).isFalse();
    assertThat(failed.value()).isBetween(1.9e-12, 2.1e-12);

    lengths[7] = 704 - 11; // one position too few, the commonest error
    assertThat(Controls.uniformModel(CodeLengths.ofBits(lengths), data).passed()).isFalse();
    assertThatThrownBy(() -> Controls.uniformModel(CodeLengths.ofBits(new double[3]), data))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void codedSizeEqualsCodeLength() {
    Bits length = new Bits(100_000);
    assertThat(Controls.arithmeticCoder(new Bits(100_164), length).passed()).isTrue();
    assertThat(Controls.arithmeticCoder(new Bits(100_165), length).passed()).isFalse();
    assertThat(Controls.arithmeticCoder(new Bits(99_836), length).passed()).isTrue();
    assertThat(Controls.arithmeticCoder(new Bits(99_835), length).passed()).isFalse();
  }

  @Test
  void aReportPassesOnlyWhenAllFiveRanAndPassed() {
    List<Control> controls = new ArrayList<>();
    assertThat(new ControlReport(controls).allPassed()).isFalse();
    for (int number = 1; number <= 5; number++) {
      assertThat(new ControlReport(controls).allPassed()).isFalse();
      controls.add(new Control(number, "name", true, "figures", 0, 1));
    }
    assertThat(new ControlReport(controls).allPassed()).isTrue();
    assertThat(new ControlReport(controls.subList(1, 5)).missing()).containsExactly(1);

    Control failure = new Control(3, "name", false, "figures", 2, 1);
    controls.add(failure);
    assertThat(new ControlReport(controls).allPassed()).isFalse();
    assertThat(new ControlReport(controls).failed()).containsExactly(failure);
  }

  @Test
  void refusesFiguresThatAreNotFinite() {
    assertThatThrownBy(() -> new Control(1, "name", true, "", Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Control(1, "name", true, "", 1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Control(6, "name", true, "", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
