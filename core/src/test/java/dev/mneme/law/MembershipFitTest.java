package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.measure.Interval;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipFitTest {
  private static final MembershipLaw TRUTH = PublishedMembership.LAW;

  /// Four model sizes, each at six data sizes from 3 to 120 bits per parameter.
  private static List<MembershipObservation> simulate(
      MembershipLaw law, double deviation, RandomStream stream) {
    List<MembershipObservation> observations = new ArrayList<>();
    for (int size = 0; size < 4; size++) {
      for (int step = 0; step < 6; step++) {
        double z = 3 * Math.pow(40, step / 5.0) * (1 + 0.03 * size);
        double f1 = Math.clamp(law.at(z) + deviation * stream.nextGaussian(), 0, 1);
        observations.add(new MembershipObservation(1_000_000L << size, z, f1));
      }
    }
    return observations;
  }

  @Test
  void exactObservationsGiveTheConstantsBack() {
    for (MembershipLaw law :
        List.of(TRUTH, new MembershipLaw(0.9, -0.2, -20), new MembershipLaw(2.5, -0.05, 4))) {
      MembershipFit fit =
          MembershipFit.of(simulate(law, 0, new Seed(1).stream()), new Seed(1), 100);

      assertThat(fit.law().c1()).isCloseTo(law.c1(), within(1e-6));
      assertThat(fit.law().c2()).isCloseTo(law.c2(), within(1e-7));
      assertThat(fit.law().c3()).isCloseTo(law.c3(), within(1e-4));
      assertThat(fit.residualDeviation()).isLessThan(1e-9);
      assertThat(fit.c3().halfWidth()).isLessThan(1e-3);
    }
  }

  /// The optimizer's answer cannot be improved by going a little way in any direction.
  @Test
  void theFitIsTheLeastSumOfSquares() {
    List<MembershipObservation> observations = simulate(TRUTH, 0.02, new Seed(7).stream());
    MembershipLaw best = MembershipFit.of(observations, new Seed(7), 100).law();
    double least = squares(best, observations);
    for (double step : new double[] {-1e-4, 1e-4}) {
      assertThat(
              squares(
                  new MembershipLaw(best.c1() * (1 + step), best.c2(), best.c3()), observations))
          .isGreaterThan(least);
      assertThat(
              squares(
                  new MembershipLaw(best.c1(), best.c2() * (1 + step), best.c3()), observations))
          .isGreaterThan(least);
      assertThat(
              squares(
                  new MembershipLaw(best.c1(), best.c2(), best.c3() * (1 + step)), observations))
          .isGreaterThan(least);
    }
  }

  private static double squares(MembershipLaw law, List<MembershipObservation> observations) {
    return observations.stream()
        .mapToDouble(o -> Math.pow(law.at(o.dataBitsPerParameter()) - o.f1(), 2))
        .sum();
  }

  @Test
  void theGradientIsThatOfTheCurve() {
    double[] point = MembershipCurve.pointOf(TRUTH);
    for (double z : new double[] {3, 20, 33.14, 80}) {
      double[] gradient = MembershipCurve.gradient(point, z);
      for (int i = 0; i < 3; i++) {
        double step = 1e-6;
        double[] up = point.clone();
        double[] down = point.clone();
        up[i] += step;
        down[i] -= step;
        double difference =
            (MembershipCurve.value(up, z) - MembershipCurve.value(down, z)) / (2 * step);
        assertThat(gradient[i]).as("z %s, derivative %s", z, i).isCloseTo(difference, within(1e-8));
      }
    }
    assertThat(MembershipCurve.gradient(point, 0)).containsOnly(0); // clipped: flat
  }

  /// 300 simulated studies with noise. The share of 95% intervals that hold the truth has itself a
  /// standard deviation of 1.3%; below 0.90 or above 0.99 they would not be at the nominal rate.
  @Test
  void intervalsCoverTheTruthAtTheNominalRate() {
    int studies = 300;
    int[] covered = new int[5];
    double[] sums = new double[2];
    double[] places = {15, 60};
    for (int study = 0; study < studies; study++) {
      Seed seed = new Seed(2025).derive("study", study);
      MembershipFit fit = MembershipFit.of(simulate(TRUTH, 0.015, seed.stream()), seed, 300);
      covered[0] += holds(fit.c1(), TRUTH.c1());
      covered[1] += holds(fit.c2(), TRUTH.c2());
      covered[2] += holds(fit.c3(), TRUTH.c3());
      for (int i = 0; i < places.length; i++) {
        Estimate<Double> band = fit.at(places[i]);
        double truth = TRUTH.at(places[i]);
        covered[3 + i] += band.low() <= truth && truth <= band.high() ? 1 : 0;
        sums[i] += band.value() - truth;
      }
    }
    for (int i = 0; i < covered.length; i++) {
      assertThat(covered[i] / (double) studies).as("figure %s", i).isBetween(0.90, 0.99);
    }
    assertThat(sums[0] / studies).isCloseTo(0, within(0.002));
    assertThat(sums[1] / studies).isCloseTo(0, within(0.002));
  }

  private static int holds(Interval interval, double truth) {
    return interval.low() <= truth && truth <= interval.high() ? 1 : 0;
  }

  @Test
  void theSameSeedGivesTheSameIntervalsAndAnotherSeedOthers() {
    List<MembershipObservation> observations = simulate(TRUTH, 0.02, new Seed(3).stream());
    MembershipFit first = MembershipFit.of(observations, new Seed(5), 100);
    assertThat(MembershipFit.of(observations, new Seed(5), 100)).isEqualTo(first);
    MembershipFit other = MembershipFit.of(observations, new Seed(6), 100);
    assertThat(other.law()).isEqualTo(first.law());
    assertThat(other.c1()).isNotEqualTo(first.c1());
    assertThat(first.bandLabel()).contains("bootstrap over 24 observations");
  }

  @Test
  void largerModelsAreHeldOutAndPredicted() {
    List<MembershipObservation> observations = simulate(TRUTH, 0.01, new Seed(11).stream());
    MembershipComparison held =
        MembershipComparison.holdingOutLargest(observations, 1, new Seed(1), 200);

    assertThat(held.rows()).hasSize(6);
    assertThat(held.rows())
        .allSatisfy(row -> assertThat(row.observation().parameters()).isEqualTo(8_000_000));
    assertThat(((MembershipFit) held.predictor()).observations()).isEqualTo(18);
    assertThat(held.largestError()).isBetween(0.001, 0.04);
    assertThat(held.rootMeanSquareError()).isBetween(0.001, 0.02);
  }

  /// The published law against the published observations; the largest error is the row of GPT-2
  /// small at 0.75.
  @Test
  void thePublishedLawIsComparedWithItsTable() {
    MembershipComparison published =
        MembershipComparison.of(
            new PublishedMembership(),
            PublishedMembership.ROWS.stream().map(PublishedMembership.Row::observation).toList());
    assertThat(published.largestError()).isCloseTo(0.089, within(0.0006));
    assertThat(published.rows().get(4).error()).isCloseTo(-0.089, within(0.0006));
  }

  @Test
  void tooFewObservationsAreRefusedWithEveryReason() {
    List<MembershipObservation> few =
        List.of(
            new MembershipObservation(1000, 10, 0.7),
            new MembershipObservation(1000, 10, 0.7),
            new MembershipObservation(1000, 20, 0.7));
    assertThatThrownBy(() -> MembershipFit.of(few, new Seed(1), 1))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "observations: got 3, expected at least 6",
            "data bits per parameter: got 2 different, expected at least 4",
            "F1: got the same in every observation",
            "resamples: got 1");
    assertThatThrownBy(() -> MembershipFit.of(List.of(), new Seed(1), 100))
        .hasMessageContaining("observations: got 0");
    assertThatThrownBy(() ->
            MembershipComparison.holdingOutLargest(
                simulate(TRUTH, 0.01, new Seed(1).stream()), 0, new Seed(1), 100))
        .hasMessageContaining("none to compare with");
    assertThatThrownBy(() ->
            MembershipComparison.holdingOutLargest(
                simulate(TRUTH, 0.01, new Seed(1).stream()), 4, new Seed(1), 100))
        .hasMessageContaining("observations: got 0, expected at least 6");
  }

  @Test
  void observationsThatRiseWithDataFitNoLaw() {
    List<MembershipObservation> rising = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      rising.add(new MembershipObservation(1000, 10 * i, 0.5 + 0.05 * i));
    }
    assertThatThrownBy(() -> MembershipFit.of(rising, new Seed(1), 100))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("F1 that falls with data bits per parameter");
  }

  /// What the law becomes for c1 without end: the curve is found, and c1 and c3 are said not to be.
  @Test
  void anExponentialFallIsFittedAndSaidToBeOne() {
    List<MembershipObservation> observations = new ArrayList<>();
    for (double z = 1; z < 300; z *= 1.5) {
      double f1 = Math.min(1, 0.5 * (1 + Math.exp(-(z - 9) / 25)));
      observations.add(new MembershipObservation(1000, z, f1));
    }
    MembershipFit fit = MembershipFit.of(observations, new Seed(1), 100);
    assertThat(fit.exponential()).isTrue();
    assertThat(fit.c2().mean()).isCloseTo(-1 / 25.0, within(1e-4));
    for (MembershipObservation observation : observations) {
      assertThat(fit.at(observation.dataBitsPerParameter()).value())
          .isCloseTo(observation.f1(), within(1e-3));
    }
  }

  @Test
  void hardlyDeterminedConstantsAreSaidToBeSo() {
    // the fall begins beyond the data: height and middle can be traded for each other
    List<MembershipObservation> observations = new ArrayList<>();
    RandomStream stream = new Seed(4).stream();
    for (int i = 0; i < 12; i++) {
      double z = 80 + 10 * i;
      observations.add(
          new MembershipObservation(1000, z, TRUTH.at(z) + 0.02 * stream.nextGaussian()));
    }
    MembershipFit fit = MembershipFit.of(observations, new Seed(1), 200);
    assertThat(fit.atBounds()).isPositive();
    assertThat(fit.c1().high()).isGreaterThan(100);
    assertThat(fit.at(100).high() - fit.at(100).low()).isLessThan(0.08); // the curve is known
  }

  @Test
  void everyBadFieldOfAnObservationIsNamed() {
    assertThatThrownBy(() -> new MembershipObservation(0, Double.NaN, 1.5))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "parameters: got 0", "data bits per parameter: got NaN", "F1: got 1.5");
  }
}
