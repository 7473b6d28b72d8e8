package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CompressionRatesTest {
  private static CompressionRates of(double... bits) {
    return CompressionRates.of(CodeLengths.ofBits(bits), new Bits(8));
  }

  private static CompressionRates of(List<Double> bits) {
    return of(bits.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Test
  void dividesByTheUniformCode() {
    CompressionRates rates = of(2, 4, 12);

    assertThat(rates.count()).isEqualTo(3);
    assertThat(rates.rate(0)).isEqualTo(0.25);
    assertThat(rates.rate(2)).isEqualTo(1.5);
    assertThat(rates.smallest()).isEqualTo(0.25);
    assertThat(rates.largest()).isEqualTo(1.5);
    // 0.25, 0.5, 1.5: mean 0.75, squares 0.25 + 0.0625 + 0.5625, variance 0.4375
    assertThat(rates.mean().mean()).isCloseTo(0.75, within(1e-15));
    assertThat(rates.standardDeviation()).isCloseTo(Math.sqrt(0.4375), within(1e-15));
    assertThat(of(2).standardDeviation()).isZero();
  }

  @Test
  void countsPerBinAndOverlapsByHand() {
    CompressionRates train = of(0, 1, 2, 4); // 0, 1/8, 1/4, 1/2
    CompressionRates test = of(4, 8); // 1/2, 1
    HistogramBins bins = HistogramBins.over(4, train, test);

    assertThat(bins).isEqualTo(new HistogramBins(0, 1, 4));
    // an edge belongs to the bin above it, the last one to the last bin
    RateHistogram trained = train.histogram(bins);
    RateHistogram tested = test.histogram(bins);
    assertThat(trained.counts()).containsExactly(2, 1, 1, 0);
    assertThat(tested.counts()).containsExactly(0, 0, 1, 1);
    assertThat(trained.total()).isEqualTo(4);
    assertThat(trained.share(0)).isEqualTo(0.5);
    assertThat(trained.overlap(tested)).isEqualTo(0.25);
    assertThat(tested.overlap(trained)).isEqualTo(0.25);
  }

  @Property(tries = 200, seed = "20250524")
  void overlapLiesBetweenNothingAndItself(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0, max = 16) Double> left,
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0, max = 16) Double> right,
      @ForAll @IntRange(min = 1, max = 80) int count) {
    HistogramBins bins = HistogramBins.over(count, of(left), of(right));
    RateHistogram one = of(left).histogram(bins);
    RateHistogram other = of(right).histogram(bins);

    assertThat(one.total()).isEqualTo(left.size());
    assertThat(one.overlap(one)).isCloseTo(1, within(1e-12));
    assertThat(one.overlap(other)).isBetween(0.0, 1.0).isEqualTo(other.overlap(one));
    if (count == 1) {
      assertThat(one.overlap(other)).isEqualTo(1);
    }
  }

  @Property(tries = 200, seed = "20250524")
  void separateSetsDoNotOverlap(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0, max = 3.5) Double> low,
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 4.5, max = 8) Double> high,
      @ForAll @IntRange(min = 9, max = 80) int count) {
    // the range is at most 1 wide and the gap at least 1/8, so one edge of nine bins lies in it
    HistogramBins bins = HistogramBins.over(count, of(low), of(high));

    assertThat(of(low).histogram(bins).overlap(of(high).histogram(bins))).isZero();
  }

  @Property(tries = 300, seed = "20250524")
  void everyBinHoldsItsLowerEdgeAndWhatLiesBelowTheNext(
      @ForAll @DoubleRange(min = -3, max = 3) double low,
      @ForAll @DoubleRange(min = 0.01, max = 5) double width,
      @ForAll @IntRange(min = 1, max = 200) int count,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    HistogramBins bins = new HistogramBins(low, low + width, count);

    for (int bin = 0; bin < count; bin++) {
      assertThat(bins.of(bins.edge(bin))).isEqualTo(bin);
      assertThat(bins.of(Math.nextDown(bins.edge(bin + 1)))).isEqualTo(bin);
    }
    assertThat(bins.of(bins.high())).isEqualTo(count - 1);
    double value = Math.min(bins.high(), low + share * width);
    int bin = bins.of(value);
    assertThat(value).isBetween(bins.edge(bin), bins.edge(bin + 1));
  }

  @Test
  void equalRatesGetBinsAroundThem() {
    CompressionRates uniform = of(8, 8, 8);
    HistogramBins bins = HistogramBins.over(HistogramBins.DEFAULT, uniform);

    assertThat(bins.count()).isEqualTo(60);
    assertThat(bins.low()).isLessThan(1);
    assertThat(bins.high()).isGreaterThan(1);
    assertThat(uniform.histogram(bins).total()).isEqualTo(3);
  }

  /// What the documentation says of two samples of one distribution.
  @Test
  void samplesOfOneDistributionOverlapByAboutNineTenths() {
    double sum = 0;
    for (int run = 0; run < 50; run++) {
      RandomStream random = new Seed(13).derive("rates", run).stream();
      CompressionRates left = normal(random);
      CompressionRates right = normal(random);
      HistogramBins bins = HistogramBins.over(HistogramBins.DEFAULT, left, right);
      sum += left.histogram(bins).overlap(right.histogram(bins));
    }
    assertThat(sum / 50).isBetween(0.88, 0.92);
  }

  private static CompressionRates normal(RandomStream random) {
    double[] bits = new double[1000];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = 4 + random.nextGaussian();
    }
    return of(bits);
  }

  @Test
  void refusesWhatHasNoRateOrBin() {
    assertThatThrownBy(CompressionRatesTest::of).hasMessageContaining("at least 1 sequence");
    assertThatThrownBy(() -> CompressionRates.of(CodeLengths.ofBits(new double[] {1}), Bits.ZERO))
        .hasMessageContaining("more than 0 bits");
    assertThatThrownBy(() -> of(16).histogram(new HistogramBins(0, 1, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0 lies outside");
    assertThatThrownBy(() -> new HistogramBins(1, 1, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HistogramBins(0, Double.NaN, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HistogramBins(0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HistogramBins(0, 1, HistogramBins.MOST + 1))
        .isInstanceOf(IllegalArgumentException.class);
    HistogramBins two = new HistogramBins(0, 1, 2);
    for (List<Integer> counts : List.of(List.of(1), List.of(0, 0), List.of(-1, 2))) {
      assertThatThrownBy(() -> new RateHistogram(two, counts))
          .isInstanceOf(IllegalArgumentException.class);
    }
    RateHistogram one = of(4).histogram(two);
    assertThatThrownBy(() -> one.overlap(of(4).histogram(new HistogramBins(0, 1, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same bins");
  }
}
