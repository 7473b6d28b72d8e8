package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.InvalidConfigurationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorTest {
  private static final Predictor PREDICTOR = Predictor.published();
  private static final Percentage TIGHT = Percentage.withPercentage(1e-9);

  /// Worked out by hand from the definitions, α 3.64, 3.51 and 3.83, log2 50257 = 15.617.
  @Test
  void everyFigureOfOneModel() {
    Prediction prediction = PREDICTOR.predict(1_000_000, DataSize.samples(10_000));
    double perSample = 64 * Math.log(50_257) / Math.log(2); // 999.49 bits

    assertThat(prediction.capacity().low().value()).isCloseTo(3.51e6, TIGHT);
    assertThat(prediction.capacity().value().value()).isCloseTo(3.64e6, TIGHT);
    assertThat(prediction.capacity().high().value()).isCloseTo(3.83e6, TIGHT);
    assertThat(prediction.dataBits().value()).isCloseTo(1e4 * perSample, TIGHT);
    assertThat(prediction.dataBitsPerParameter()).isCloseTo(9.9949, within(1e-4));
    assertThat(prediction.dataToCapacity().low()).isCloseTo(1e4 * perSample / 3.83e6, TIGHT);
    assertThat(prediction.dataToCapacity().value()).isCloseTo(2.7459, within(1e-4));
    assertThat(prediction.dataToCapacity().high()).isCloseTo(1e4 * perSample / 3.51e6, TIGHT);
    assertThat(prediction.regime()).isEqualTo(Regime.GENERALIZING);
    assertThat(prediction.membership().value()).isCloseTo(0.9604, within(1e-4));
    assertThat(prediction.membership().low()).isCloseTo(0.8704, within(1e-4));
    assertThat(prediction.membership().high()).isEqualTo(1);
    assertThat(prediction.memorizedPerSample().low().value()).isCloseTo(351, TIGHT);
    assertThat(prediction.memorizedPerSample().value().value()).isCloseTo(364, TIGHT);
    assertThat(prediction.memorizedPerSample().high().value()).isCloseTo(383, TIGHT);
  }

  @Test
  void anEightBillionParameterModelOnFifteenTrillionTokensIsAtChance() {
    Prediction prediction = PREDICTOR.predict(8_000_000_000L, DataSize.tokens(15_000_000_000_000L));
    assertThat(prediction.membership()).isEqualTo(new Estimate<>(0.5, 0.5, 0.59));
    assertThat(prediction.regime()).isEqualTo(Regime.GENERALIZING);
    assertThat(prediction.dataBits().value()).isCloseTo(2.3426e14, Percentage.withPercentage(0.01));
    assertThat(prediction.memorizedPerSample().value().value()).isCloseTo(0.12424, within(1e-5));
  }

  @Test
  void aSampleIsNeverMemorizedBeyondItsBits() {
    Prediction prediction = PREDICTOR.predict(1_000_000, DataSize.samples(10));
    assertThat(prediction.memorizedPerSample().isPoint()).isTrue();
    assertThat(prediction.memorizedPerSample().value().value())
        .isCloseTo(SampleShape.PUBLISHED.bitsPerSample().value(), TIGHT);
    assertThat(prediction.regime()).isEqualTo(Regime.MEMORIZING);
  }

  @ParameterizedTest
  @CsvSource({
    "0, MEMORIZING",
    "0.8999, MEMORIZING",
    "0.9, DOUBLE_DESCENT",
    "1.1, DOUBLE_DESCENT",
    "1.1001, GENERALIZING",
    "Infinity, GENERALIZING"
  })
  void regimesBegin(double ratio, Regime regime) {
    assertThat(Regime.of(ratio)).isEqualTo(regime);
  }

  @Test
  void theRangeOfAlphaMayLeaveTheRegimeOpen() {
    // 3.9 data bits per parameter: 1.02, 1.07 and 1.11 times the capacity
    Predictor bits = PREDICTOR.withShape(new SampleShape(1, 2));
    assertThat(bits.predict(1_000_000, DataSize.samples(3_900_000)).regimes())
        .isEqualTo(
            new Estimate<>(Regime.DOUBLE_DESCENT, Regime.DOUBLE_DESCENT, Regime.GENERALIZING));
  }

  /// The published table read backwards: how many samples give its F1.
  @Test
  void thePublishedSampleCountsAreFoundAgain() {
    for (PublishedMembership.Row row : PublishedMembership.ROWS) {
      double f1 = PublishedMembership.LAW.at(row.dataBitsPerParameter());
      assertThat(PREDICTOR.samplesFor(row.parameters(), f1).orElseThrow())
          .isCloseTo(row.samples(), Percentage.withPercentage(1e-6));
    }
  }

  @Property(tries = 300, seed = "20250524")
  void theLargestModelIsJustAtTheRisk(
      @ForAll @LongRange(min = 1_000_000, max = 1_000_000_000_000L) long samples,
      @ForAll @DoubleRange(min = 0.51, max = 0.99) double risk) {
    DataSize data = DataSize.samples(samples);
    double largest = PREDICTOR.largestModel(data, risk).orElseThrow();
    assertThat(f1((long) Math.floor(largest), data)).isLessThanOrEqualTo(risk);
    assertThat(f1((long) Math.ceil(largest * 1.001), data)).isGreaterThan(risk);
  }

  private static double f1(long parameters, DataSize data) {
    return PREDICTOR.predict(parameters, data).membership().value();
  }

  @Property(tries = 500, seed = "20250524")
  void moreDataNeverRaiseF1OrWhatIsMemorizedOfASample(
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long parameters,
      @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long samples,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long more) {
    Prediction few = PREDICTOR.predict(parameters, DataSize.samples(samples));
    Prediction many = PREDICTOR.predict(parameters, DataSize.samples(samples + more));
    assertThat(many.membership().value()).isLessThanOrEqualTo(few.membership().value());
    assertThat(many.memorizedPerSample().value().value())
        .isLessThanOrEqualTo(few.memorizedPerSample().value().value() * (1 + 1e-15));
    assertThat(many.regime()).isGreaterThanOrEqualTo(few.regime());
    Prediction larger = PREDICTOR.predict(2 * parameters, DataSize.samples(samples));
    assertThat(larger.membership().value()).isGreaterThanOrEqualTo(few.membership().value());
  }

  @Test
  void aModelOfAnySizeStaysBelowARiskThatTheLawNeverReaches() {
    assertThat(PREDICTOR.largestModel(DataSize.samples(5), 1)).isEmpty();
    assertThat(PREDICTOR.largestModel(DataSize.samples(5), 0.999)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, 1_000_000_000_000_000_001L, Long.MAX_VALUE})
  void countsOutOfRangeAreRefused(long count) {
    for (Runnable call :
        java.util.List.<Runnable>of(
            () -> PREDICTOR.predict(count, DataSize.tokens(1)),
            () -> PREDICTOR.samplesFor(count, 0.75),
            () -> DataSize.tokens(count),
            () -> DataSize.samples(count))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("got " + count + ", expected a whole number from 1 to");
    }
  }

  @Test
  void shapesOutOfRangeAreRefusedAtOnce() {
    assertThatThrownBy(() -> new SampleShape(0, 1))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll("sequence length: got 0", "vocabulary: got 1");
  }

  @Test
  void theLargestCountsStayFinite() {
    Predictor widest = PREDICTOR.withShape(new SampleShape(1_000_000_000, 1_000_000_000));
    Prediction prediction = widest.predict(DataSize.MOST, DataSize.samples(DataSize.MOST));
    assertThat(prediction.dataBits().value()).isFinite().isPositive();
    assertThat(widest.predict(1, DataSize.samples(DataSize.MOST)).membership().value())
        .isEqualTo(0.5);
  }
}
