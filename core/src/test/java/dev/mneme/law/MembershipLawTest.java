package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.law.PublishedMembership.Row;
import dev.mneme.model.InvalidConfigurationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipLawTest {
  private static final MembershipLaw LAW = PublishedMembership.LAW;

  static java.util.List<Row> publishedRows() {
    return PublishedMembership.ROWS;
  }

  /// Morris et al., arXiv 2505.24832, table of predicted and observed F1 for GPT-2 XL and small.
  @ParameterizedTest
  @MethodSource("publishedRows")
  void thePublishedTableIsReproduced(Row row) {
    assertThat(LAW.at(row.dataBitsPerParameter())).isCloseTo(row.tabulated(), within(0.006));
  }

  /// The same rows to three decimals, worked out apart from this code.
  @ParameterizedTest
  @CsvSource({
    "1556000000, 170654583, 0.546",
    "1556000000, 76795021, 0.745",
    "1556000000, 18851574, 0.950",
    "124000000, 13566442, 0.547",
    "124000000, 6104935, 0.746",
    "124000000, 1498634, 0.950"
  })
  void thePublishedRowsToThreeDecimals(long parameters, long samples, double f1) {
    double z = samples * 64 * (Math.log(50_257) / Math.log(2)) / parameters;
    assertThat(LAW.at(z)).isCloseTo(f1, within(0.0005));
  }

  /// The evidence for the misprint: with capacity over samples, as printed, the first row comes out
  /// as 0.83 instead of 0.55, and F1 falls where capacity grows.
  @Test
  void thePrintedVariableContradictsThePrintedTable() {
    Row first = PublishedMembership.ROWS.getFirst();
    double printed = 3.64 * first.parameters() / first.samples();
    assertThat(LAW.at(printed)).isCloseTo(0.835, within(0.005));
    assertThat(LAW.at(2 * printed)).isLessThan(LAW.at(printed));
  }

  @Test
  void theLargestErrorOfThePublishedRows() {
    double largest =
        PublishedMembership.ROWS.stream()
            .mapToDouble(row -> Math.abs(LAW.at(row.dataBitsPerParameter()) - row.observed()))
            .max()
            .orElseThrow();
    assertThat(largest).isCloseTo(PublishedMembership.LARGEST_ERROR, within(0.005));
  }

  @Test
  void endlessDataGiveChanceAndTheSmallestSetsAreClipped() {
    assertThat(LAW.at(Double.POSITIVE_INFINITY)).isEqualTo(0.5);
    assertThat(LAW.at(30_000)).isEqualTo(0.5);
    assertThat(LAW.at(0)).isEqualTo(1); // unclipped 1.006
    Estimate<Double> at = new PublishedMembership().at(60);
    assertThat(at.high() - at.value()).isCloseTo(0.09, within(1e-12));
    assertThat(at.value() - at.low()).isCloseTo(0.09, within(1e-12));
    assertThat(new PublishedMembership().at(1e6)).isEqualTo(new Estimate<>(0.5, 0.5, 0.59));
    assertThat(new PublishedMembership().at(0).high()).isEqualTo(1);
  }

  @Property(tries = 1000, seed = "20250524")
  void neverRisesWithDataBitsPerParameter(
      @ForAll @DoubleRange(min = 0, max = 1e4) double z,
      @ForAll @DoubleRange(min = 0, max = 1e4) double more,
      @ForAll @DoubleRange(min = 0.01, max = 5) double c1,
      @ForAll @DoubleRange(min = 0.0001, max = 10) @Scale(4) double steepness,
      @ForAll @DoubleRange(min = -500, max = 500) double c3) {
    MembershipLaw law = new MembershipLaw(c1, -steepness, c3);
    assertThat(law.at(z + more)).isLessThanOrEqualTo(law.at(z)).isBetween(0.5, 1.0);
  }

  @Property(tries = 500, seed = "20250524")
  void fallsWhereItIsNotFlat(@ForAll @DoubleRange(min = 1.5, max = 400) double z) {
    assertThat(LAW.at(z + 0.1)).isLessThan(LAW.at(z));
  }

  @Property(tries = 1000, seed = "20250524")
  void neverRisesWithSamplesLengthOrVocabularyNorFallsWithParameters(
      @ForAll @LongRange(min = 1, max = 1_000_000_000L) long samples,
      @ForAll @IntRange(min = 1, max = 4096) int length,
      @ForAll @IntRange(min = 2, max = 200_000) int vocabulary,
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long parameters,
      @ForAll @IntRange(min = 1, max = 1000) int more) {
    double f1 = f1(parameters, DataSize.samples(samples), length, vocabulary);
    assertThat(f1(parameters, DataSize.samples(samples + more), length, vocabulary))
        .isLessThanOrEqualTo(f1);
    assertThat(f1(parameters, DataSize.samples(samples), length + more, vocabulary))
        .isLessThanOrEqualTo(f1);
    assertThat(f1(parameters, DataSize.samples(samples), length, vocabulary + more))
        .isLessThanOrEqualTo(f1);
    assertThat(f1(parameters * (1 + more), DataSize.samples(samples), length, vocabulary))
        .isGreaterThanOrEqualTo(f1);
  }

  @Property(tries = 300, seed = "20250524")
  void tokensMakeTheLengthOfSamplesIrrelevant(
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long tokens,
      @ForAll @IntRange(min = 1, max = 4096) int length) {
    assertThat(f1(1_000_000, DataSize.tokens(tokens), length, 50_257))
        .isEqualTo(f1(1_000_000, DataSize.tokens(tokens), 64, 50_257));
  }

  private static double f1(long parameters, DataSize data, int length, int vocabulary) {
    return LAW.at(
        MembershipLaw.dataBitsPerParameter(
            data.bits(new SampleShape(length, vocabulary)), parameters));
  }

  @Property(tries = 500, seed = "20250524")
  void theInverseLeadsBack(@ForAll @DoubleRange(min = 0.5001, max = 1) @Scale(4) double f1) {
    double z = LAW.dataBitsPerParameterFor(f1).orElseThrow();
    assertThat(LAW.at(z)).isCloseTo(f1, within(1e-12));
    assertThat(LAW.at(z * 1.001)).isLessThan(f1);
  }

  @Test
  void anF1AboveTheWholeCurveIsReachedNowhere() {
    MembershipLaw low = new MembershipLaw(0.5, -0.1, -30);
    assertThat(low.dataBitsPerParameterFor(0.9)).isEmpty(); // above its height
    assertThat(low.dataBitsPerParameterFor(0.74999)).isEmpty(); // above its value at 0
    assertThat(low.dataBitsPerParameterFor(0.625)).hasValue(30); // half its height
  }

  @Test
  void everyBadConstantIsNamed() {
    assertThatThrownBy(() -> new MembershipLaw(0, 0.034, Double.NaN))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll("c1: got 0.0", "c2: got 0.034", "c3: got NaN");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.NEGATIVE_INFINITY})
  void badDataBitsAreRefused(double z) {
    assertThatThrownBy(() -> LAW.at(z))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 or more, but were " + z);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, 0.5, 1.0001, 0, -1})
  void anF1OutsideTheLawHasNoDataSize(double f1) {
    assertThatThrownBy(() -> LAW.dataBitsPerParameterFor(f1))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("F1: got " + f1 + ", expected a number above 0.5, at most 1");
  }
}
