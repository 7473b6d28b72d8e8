package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.measure.RemainingGain.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RemainingGainTest {
  private static final double NO_CEILING = 1e9;

  /// Runs of an eighth, a quarter, half and all of 8,000 steps.
  private static List<Runs> runs(DoubleUnaryOperator bits, int seeds) {
    List<Runs> runs = new ArrayList<>();
    for (long steps = 1000; steps <= 8000; steps *= 2) {
      List<Double> net = new ArrayList<>();
      for (int seed = 0; seed < seeds; seed++) {
        net.add(bits.applyAsDouble(steps));
      }
      runs.add(new Runs(steps, net));
    }
    return runs;
  }

  @Test
  void aPowerLawIsContinued() {
    // 1000 − 200 · (t/8000)^(−1/2): ten times as long leaves 200/√10
    DoubleUnaryOperator law = t -> 1000 - 200 * Math.pow(t / 8000, -0.5);

    RemainingGain gain = RemainingGain.extrapolate(runs(law, 3), NO_CEILING, 10);

    double truth = (200 - 200 / Math.sqrt(10)) / 800;
    assertThat(gain.share()).isCloseTo(truth, within(0.02));
    assertThat(gain.low()).isBetween(0.05, truth);
    assertThat(gain.high()).isBetween(truth, 0.35);
  }

  @Test
  void aLogarithmIsContinued() {
    DoubleUnaryOperator law = t -> 1000 + 100 * Math.log(t / 8000) / Math.log(2);

    RemainingGain gain = RemainingGain.extrapolate(runs(law, 3), NO_CEILING, 10);

    double truth = 0.1 * Math.log(10) / Math.log(2);
    assertThat(truth).isBetween(gain.low(), gain.high());
    assertThat(gain.share()).isCloseTo(truth, within(0.05));
  }

  @Test
  void aFlatEndLeavesLittle() {
    RemainingGain gain = RemainingGain.extrapolate(runs(t -> 1000, 3), NO_CEILING, 10);

    assertThat(gain.share()).isCloseTo(0, within(0.002));
    // the curve may stray by 1.2% at either end
    assertThat(gain.high()).isBetween(0.02, 0.06);
    assertThat(gain.low()).isNegative();
  }

  @Test
  void theDataSetLimitsIt() {
    DoubleUnaryOperator law = t -> 1000 + 100 * Math.log(t / 8000) / Math.log(2);

    RemainingGain gain = RemainingGain.extrapolate(runs(law, 3), 1030, 10);

    assertThat(gain.ceiling()).isCloseTo(0.03, within(1e-12));
    assertThat(gain.high()).isEqualTo(gain.ceiling());
    assertThat(gain.share()).isCloseTo(0.93 * gain.ceiling(), within(1e-12));
    assertThat(gain.low()).isLessThanOrEqualTo(0.8 * gain.ceiling());
    assertThat(gain.sentence()).contains("+2.8%").contains("all that the data set has left");
  }

  @Test
  void fewerRunsSayLess() {
    DoubleUnaryOperator law = t -> 1000 - 200 * Math.pow(t / 8000, -0.5);
    List<Runs> all = runs(law, 3);
    RemainingGain four = RemainingGain.extrapolate(all, NO_CEILING, 10);
    RemainingGain three = RemainingGain.extrapolate(all.subList(1, 4), NO_CEILING, 10);
    RemainingGain single = RemainingGain.extrapolate(runs(law, 1), NO_CEILING, 10);

    assertThat(three.high() - three.low()).isGreaterThan(four.high() - four.low());
    assertThat(single.high() - single.low()).isGreaterThan(four.high() - four.low());
  }

  @Property(tries = 200)
  void unitsDoNotMatter(@ForAll @DoubleRange(min = 0.01, max = 1e6) double unit) {
    DoubleUnaryOperator law = t -> 1000 - 200 * Math.pow(t / 8000, -0.5);
    RemainingGain bits = RemainingGain.extrapolate(runs(law, 2), 1100, 10);
    RemainingGain scaled =
        RemainingGain.extrapolate(runs(t -> unit * law.applyAsDouble(t), 2), unit * 1100, 10);

    assertThat(scaled.share()).isCloseTo(bits.share(), within(1e-9));
    assertThat(scaled.low()).isCloseTo(bits.low(), within(1e-9));
    assertThat(scaled.high()).isCloseTo(bits.high(), within(1e-9));
  }

  /// Made-up studies whose ratio and gain are drawn from what the model believes, whose runs spread
  /// by 1% and whose curves stray from the model by 1.2% at every length: about 95% of the
  /// intervals must hold the truth.
  @Test
  void ninetyFiveOfAHundredIntervalsHoldTheTruth() {
    Random random = new Random(5);
    int studies = 400;
    int held = 0;
    for (int study = 0; study < studies; study++) {
      double ratio = 0.4 + 0.6 * random.nextDouble();
      double gain = 20 + 80 * random.nextDouble();
      List<Runs> runs = new ArrayList<>();
      for (int doublings = -3; doublings <= 0; doublings++) {
        double bits = bits(ratio, gain, doublings) + 12 * random.nextGaussian();
        List<Double> net = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
          net.add(bits + 10 * random.nextGaussian());
        }
        runs.add(new Runs(8000 >> -doublings, net));
      }
      RemainingGain predicted = RemainingGain.extrapolate(runs, NO_CEILING, 10);
      double last = runs.getLast().mean();
      double truth = bits(ratio, gain, Math.log(10) / Math.log(2)) - last;
      if (predicted.low() * last <= truth && truth <= predicted.high() * last) {
        held++;
      }
    }
    assertThat((double) held / studies).isBetween(0.9, 0.995);
  }

  private static double bits(double ratio, double gain, double doublings) {
    return 1000 + gain * ratio * (1 - Math.pow(ratio, doublings)) / (1 - ratio);
  }

  @Test
  void refusesWhatItCannotContinue() {
    List<Runs> two = runs(t -> t, 1).subList(0, 2);
    assertThatThrownBy(() -> RemainingGain.extrapolate(two, NO_CEILING, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 3 lengths");
    assertThatThrownBy(() -> RemainingGain.extrapolate(runs(t -> t, 1), NO_CEILING, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 1 times");
    assertThatThrownBy(() -> RemainingGain.extrapolate(runs(t -> -t, 1), NO_CEILING, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive mean");
    assertThatThrownBy(() -> new Runs(1, List.of(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
