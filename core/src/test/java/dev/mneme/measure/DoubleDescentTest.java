package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.measure.DoubleDescent.Bracket;
import dev.mneme.measure.DoubleDescent.Peak;
import dev.mneme.measure.DoubleDescent.Shape;
import dev.mneme.measure.DoubleDescent.Size;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleDescentTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final Bits MARGIN = new Bits(0.25);

  /// 64,000 bits of capacity and 64 bits a sequence: 1,000 sequences.
  private static final InterpolationPoint THOUSAND =
      InterpolationPoint.measured(new Bits(64_000), new Bits(64));

  /// Test losses at 100, 200, 400, ... sequences.
  private static List<Size> sizes(double... test) {
    List<Size> sizes = new ArrayList<>();
    for (double loss : test) {
      sizes.add(new Size(100 << sizes.size(), new Bits(1), new Bits(loss)));
    }
    return sizes;
  }

  private static DoubleDescent judge(double... test) {
    return DoubleDescent.judge(sizes(test), THOUSAND, MARGIN);
  }

  @Test
  void aModelIsFullWhereDataFillItsCapacity() {
    assertThat(THOUSAND.sequences()).isEqualTo(1000);
    InterpolationPoint estimated =
        InterpolationPoint.ofParameters(new BitsPerParameter(3.5), 80_000, new Bits(700));
    assertThat(estimated.capacity()).isEqualTo(new Bits(280_000));
    assertThat(estimated.sequences()).isEqualTo(400);
    assertThat(estimated.origin()).isEqualTo(InterpolationPoint.Origin.FROM_PARAMETERS);
    assertThat(THOUSAND.origin()).isEqualTo(InterpolationPoint.Origin.MEASURED);
  }

  @Test
  void findsAPeakAndItsBracket() {
    DoubleDescent found = judge(5, 6, 7, 9, 8, 4);
    Peak peak = found.peak().orElseThrow();

    assertThat(found.shape()).isEqualTo(Shape.PEAK);
    assertThat(peak.size().sequences()).isEqualTo(800);
    assertThat(peak.rise()).isEqualTo(new Bits(4));
    assertThat(peak.fall()).isEqualTo(new Bits(5));
    assertThat(peak.neighbors()).isEqualTo(new Bracket(400, 1600));
    assertThat(peak.bracket()).isEqualTo(new Bracket(400, 1600));
    assertThat(peak.ratio()).isEqualTo(0.8);
    assertThat(peak.doublings()).isCloseTo(-0.32192809488736235, within(1e-14)); // log2 0.8
    assertThat(found.agrees()).isTrue();
  }

  @Test
  void aPeakFarFromThePredictionDoesNotAgree() {
    DoubleDescent found = judge(5, 9, 7, 6, 5, 4);

    assertThat(found.peak().orElseThrow().bracket()).isEqualTo(new Bracket(100, 400));
    assertThat(found.agrees()).isFalse();
  }

  @Test
  void sizesWithinTheMarginWidenTheBracket() {
    Peak peak = judge(5, 8.875, 9, 8.75, 7, 4).peak().orElseThrow();

    assertThat(peak.size().sequences()).isEqualTo(400);
    assertThat(peak.neighbors()).isEqualTo(new Bracket(200, 800));
    // 0.25 below is not more than the margin below
    assertThat(peak.bracket()).isEqualTo(new Bracket(100, 1600));
  }

  /// The first descent, from the smallest size, may be higher than the peak.
  @Test
  void findsAPeakAfterAFirstDescent() {
    assertThat(judge(12, 8, 9, 10, 7).peak().orElseThrow().size().sequences()).isEqualTo(800);
  }

  @Test
  void ofSeveralPeaksTheHighestCounts() {
    assertThat(judge(5, 7, 5, 8, 5, 6, 4).peak().orElseThrow().size().sequences()).isEqualTo(800);
    assertThat(judge(5, 8, 5, 8, 4).peak().orElseThrow().size().sequences()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "9 8 7 6, MONOTONE_FALLING",
    "9 8 8.25 6, MONOTONE_FALLING", // a rise of just the margin
    "9 5, MONOTONE_FALLING",
    "9 5 6, AT_SMALLEST_SIZE",
    "9 9.125 5 6, AT_SMALLEST_SIZE", // the highest stands out on one side only
    "5 6 7 8, RISING",
    "5 7 8 7.75, RISING", // a fall of just the margin
    "6 5 9, RISING",
    "5 5.125 5 5.25, NO_PEAK",
    "5, NO_PEAK",
  })
  void saysWhatTestLossDoesWherePeaksDoNotStandOut(String losses, Shape shape) {
    DoubleDescent judged =
        judge(Arrays.stream(losses.split(" ")).mapToDouble(Double::parseDouble).toArray());

    assertThat(judged.shape()).isEqualTo(shape);
    assertThat(judged.peak()).isEmpty();
    assertThat(judged.agrees()).isFalse();
  }

  @Test
  void aLargerMarginRefusesASmallerPeak() {
    List<Size> sizes = sizes(5, 6, 5.5, 4);
    assertThat(DoubleDescent.judge(sizes, THOUSAND, new Bits(0.9)).peak()).isPresent();
    assertThat(DoubleDescent.judge(sizes, THOUSAND, new Bits(1)).shape())
        .isEqualTo(Shape.MONOTONE_FALLING);
  }

  /// A bell over log2 N, 2 bits high, whose top is 0.79 bits above its neighbors, with noise of at
  /// most half the margin to either side.
  @Property(tries = 200, seed = "20250524")
  void findsAKnownPeakUnderNoiseBelowTheMargin(
      @ForAll @IntRange(min = 3, max = 8) int at, @ForAll long seed) {
    RandomStream random = new Seed(seed).stream();
    double[] test = new double[12];
    for (int i = 0; i < test.length; i++) {
      double noise = MARGIN.value() * (random.nextDouble() - 0.5);
      test[i] = 10 + 2 * Math.exp(-0.5 * (i - at) * (i - at)) + noise;
    }

    Peak peak = judge(test).peak().orElseThrow();

    assertThat(peak.size().sequences()).isEqualTo(100 << at);
    assertThat(peak.bracket()).isEqualTo(peak.neighbors());
    // 2 − 2 exp(−9/2) at least, and noise twice
    assertThat(peak.rise().value()).isCloseTo(2, within(0.28));
  }

  @Property(tries = 200, seed = "20250524")
  void noiseBelowTheMarginMakesNoPeak(
      @ForAll @IntRange(min = 1, max = 12) int count,
      @ForAll @DoubleRange(min = -1, max = 1) double slope,
      @ForAll long seed) {
    RandomStream random = new Seed(seed).stream();
    double[] test = new double[count];
    for (int i = 0; i < count; i++) {
      test[i] = 10 + slope * i + MARGIN.value() * random.nextDouble();
    }

    DoubleDescent judged = judge(test);

    assertThat(judged.peak()).isEmpty();
    assertThat(judged.shape())
        .isIn(slope < 0 ? Shape.MONOTONE_FALLING : Shape.RISING, Shape.NO_PEAK);
  }

  /// Whatever the curve: the definition of a peak, tried out on all triples of sizes.
  @Property(tries = 300, seed = "20250524")
  void thereIsAPeakExactlyWhereThreeSizesShowOne(
      @ForAll @IntRange(min = 1, max = 9) int count, @ForAll long seed) {
    RandomStream random = new Seed(seed).stream();
    double[] test = new double[count];
    for (int i = 0; i < count; i++) {
      test[i] = random.nextInt(8) / 8.0;
    }
    double highest = NONE;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        for (int k = j + 1; k < count; k++) {
          if (test[j] - test[i] > 0.25 && test[j] - test[k] > 0.25) {
            highest = Math.max(highest, test[j]);
          }
        }
      }
    }

    DoubleDescent judged = judge(test);

    assertThat(judged.peak().map(peak -> peak.size().test().value()).orElse(NONE))
        .isEqualTo(highest);
    double end =
        switch (judged.shape()) {
          case AT_SMALLEST_SIZE, MONOTONE_FALLING -> test[0];
          case RISING -> test[count - 1];
          case PEAK, NO_PEAK -> Double.POSITIVE_INFINITY;
        };
    assertThat(Arrays.stream(test).max().orElseThrow() - end).isLessThanOrEqualTo(0.25);
  }

  @Test
  void refusesWhatCannotBeJudged() {
    assertThatThrownBy(DoubleDescentTest::judge).hasMessageContaining("at least one");
    Size size = new Size(5, Bits.ZERO, Bits.ZERO);
    assertThatThrownBy(() -> DoubleDescent.judge(List.of(size, size), THOUSAND, MARGIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 follows 5");
    assertThatThrownBy(() -> DoubleDescent.judge(List.of(size), THOUSAND, new Bits(-1)))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new Size(0, Bits.ZERO, Bits.ZERO)).hasMessageContaining("given 0");
    assertThatThrownBy(() -> InterpolationPoint.measured(Bits.ZERO, new Bits(1)))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> InterpolationPoint.measured(new Bits(1), Bits.ZERO))
        .hasMessageContaining("above 0");
  }
}
