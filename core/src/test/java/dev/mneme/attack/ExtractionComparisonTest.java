package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.TokenDataset;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.junit.jupiter.api.Test;

class ExtractionComparisonTest {
  private static ExtractionComparison of(int train, int trainCases, int test, int testCases) {
    return ExtractionComparison.of(Rate.of(train, trainCases), Rate.of(test, testCases));
  }

  @Test
  void dividesTestByTrain() {
    assertThat(of(8, 10, 20, 100).explained()).hasValue(0.25);
    assertThat(of(8, 10, 0, 100).explained()).hasValue(0);
    assertThat(of(1, 10, 50, 100).explained()).as("cut at 1").hasValue(1);
    assertThat(of(0, 10, 3, 100).explained()).isEmpty();
  }

  /// None of 10 test sequences, all of 20 train sequences: the bounds of 97.5% have the closed
  /// forms 1 − 0.0125^(1/10) and 0.0125^(1/20).
  @Test
  void knowsTheClosedFormOfTheInterval() {
    ExtractionComparison comparison = of(20, 20, 0, 10);
    assertThat(comparison.low()).isZero();
    assertThat(comparison.high())
        .isCloseTo((1 - Math.pow(0.0125, 0.1)) / Math.pow(0.0125, 0.05), within(1e-9));
  }

  @Test
  void holdsTheEstimateAndShrinksWithMoreSequences() {
    ExtractionComparison few = of(8, 10, 2, 10);
    ExtractionComparison many = of(800, 1_000, 200, 1_000);
    for (ExtractionComparison comparison : new ExtractionComparison[] {few, many}) {
      assertThat(comparison.low()).isBetween(0.0, 0.25);
      assertThat(comparison.high()).isBetween(0.25, 1.0);
    }
    assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 3);
  }

  @Test
  void knowsNothingWhereNothingWasExtracted() {
    ExtractionComparison comparison = of(0, 50, 0, 50);
    assertThat(comparison.low()).isZero();
    assertThat(comparison.high()).isEqualTo(1);
  }

  /// Exact, not simulated: the probability of every outcome times whether its interval holds the
  /// share. Bonferroni promises 95% at least; far more than that would be a needlessly wide
  /// interval, which the last assertion bounds where no rate is near 0 or 1.
  @Test
  void coversAtLeastAsOftenAsItSays() {
    for (double train : new double[] {0.05, 0.3, 0.6, 0.95}) {
      for (double test : new double[] {0.01, 0.15, 0.6}) {
        assertThat(coverage(train, 40, test, 30)).as("%s, %s", train, test).isBetween(0.95, 1.0001);
      }
    }
    assertThat(coverage(0.6, 40, 0.3, 30)).isLessThan(0.999);
  }

  private static double coverage(double train, int trainCases, double test, int testCases) {
    double share = Math.min(1, test / train);
    BinomialDistribution trainHits = new BinomialDistribution(trainCases, train);
    BinomialDistribution testHits = new BinomialDistribution(testCases, test);
    double covered = 0;
    for (int i = 0; i <= trainCases; i++) {
      for (int j = 0; j <= testCases; j++) {
        ExtractionComparison comparison = of(i, trainCases, j, testCases);
        if (comparison.low() <= share && share <= comparison.high()) {
          covered += trainHits.probability(i) * testHits.probability(j);
        }
      }
    }
    return covered;
  }

  @Test
  void comparesEqualTasksAlone() {
    TokenDataset shorter = TokenDataset.of(5, 3, new int[] {1, 2, 3});
    TokenDataset longer = TokenDataset.of(5, 4, new int[] {1, 2, 3, 4});
    Extraction train = Extraction.of(longer, 2, new int[] {3, 4});
    assertThat(ExtractionComparison.of(train, train).explained()).hasValue(1);
    assertThatThrownBy(
            () -> ExtractionComparison.of(train, Extraction.of(longer, 1, new int[] {2, 3, 4})))
        .hasMessage("completions of 2 tokens from 2 and of 3 from 1 cannot be compared");
    assertThatThrownBy(
            () -> ExtractionComparison.of(train, Extraction.of(shorter, 2, new int[] {3})))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
