package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.measure.Interval;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityLawTest {
  private static CapacityTrial trial(long parameters, long seed, double capacity) {
    return new CapacityTrial(parameters, seed, new Bits(capacity));
  }

  /// Five of the paper's half-precision rows; its slope over all of its rows is 3.64.
  @Test
  void publishedCapacitiesGiveASlopeNearThePublishedOne() {
    CapacityLaw law =
        CapacityLaw.fit(
            List.of(
                trial(80_352, 1, 3.16e5),
                trial(468_608, 1, 1.69e6),
                trial(666_880, 1, 2.60e6),
                trial(3_700_000, 1, 1.30e7),
                trial(6_860_000, 1, 2.51e7)),
            new Seed(1),
            100);
    assertThat(law.line().slope().mean()).isCloseTo(3.63, within(0.01));
    assertThat(law.meanOverModels().mean()).isCloseTo(3.72, within(0.01));
    assertThat(law.overSeeds()).isEmpty(); // one seed each
    assertThat(law.alpha().perParameter().value().value()).isEqualTo(law.line().slope().mean());
  }

  @Test
  void seedsAreAveragedBeforeTheLineIsDrawn() {
    CapacityLaw law =
        CapacityLaw.fit(
            List.of(
                trial(1000, 1, 3500),
                trial(1000, 2, 3700),
                trial(2000, 1, 7300),
                trial(2000, 2, 7100),
                trial(2000, 3, 7200)),
            new Seed(1),
            200);
    assertThat(law.line().slope().mean()).isCloseTo(3.6, within(1e-12));
    assertThat(law.models())
        .extracting(CapacityLaw.Model::parameters)
        .containsExactly(1000L, 2000L);
    assertThat(law.models().getFirst().capacity().mean()).isCloseTo(3600, within(1e-9));
    assertThat(law.models().getLast().capacity().observations()).isEqualTo(3);
    assertThat(law.models())
        .allSatisfy(model -> assertThat(model.residual().value()).isCloseTo(0, within(1e-9)));
    Interval seeds = law.overSeeds().orElseThrow();
    assertThat(seeds.observations()).isEqualTo(5);
    assertThat(seeds.low()).isBetween(3.2, 3.59);
    assertThat(seeds.high()).isBetween(3.61, 4.0);
    assertThat(CapacityLaw.fit(trials(law), new Seed(1), 200).line().slope().mean())
        .isCloseTo(3.6, within(1e-12));
  }

  private static List<CapacityTrial> trials(CapacityLaw law) {
    return law.models().stream()
        .map(model -> trial(model.parameters(), 1, model.capacity().mean()))
        .toList();
  }

  /// 1000 simulated studies of 4 models; the share of intervals that hold the truth has itself a
  /// standard deviation of 0.7%. Three seeds come out at 0.93: the largest model decides, and its
  /// spread is then known by three numbers.
  @ParameterizedTest
  @CsvSource({"3, 0.91", "6, 0.93"})
  void theIntervalOverSeedsCoversTheTruthAtTheNominalRate(int seeds, double least) {
    int studies = 1000;
    int covered = 0;
    for (int study = 0; study < studies; study++) {
      Seed seed = new Seed(31).derive("study", study);
      RandomStream stream = seed.stream();
      List<CapacityTrial> trials = new ArrayList<>();
      for (int model = 0; model < 4; model++) {
        long parameters = 50_000L << model;
        for (int k = 0; k < seeds; k++) {
          trials.add(trial(parameters, k, parameters * (3.64 + 0.1 * stream.nextGaussian())));
        }
      }
      Interval interval = CapacityLaw.fit(trials, seed, 200).overSeeds().orElseThrow();
      covered += interval.low() <= 3.64 && 3.64 <= interval.high() ? 1 : 0;
    }
    assertThat(covered / (double) studies).isBetween(least, 0.97);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    List<CapacityTrial> trials =
        List.of(
            trial(1000, 1, 3500), trial(1000, 2, 3710), trial(2000, 1, 7300), trial(2000, 2, 7050));
    assertThat(CapacityLaw.fit(trials, new Seed(2), 100))
        .isEqualTo(CapacityLaw.fit(trials, new Seed(2), 100));
    assertThat(CapacityLaw.fit(trials, new Seed(3), 100).overSeeds())
        .isNotEqualTo(CapacityLaw.fit(trials, new Seed(2), 100).overSeeds());
  }

  @Test
  void equalSeedsLeaveNoInterval() {
    CapacityLaw law =
        CapacityLaw.fit(
            List.of(
                trial(1000, 1, 3600),
                trial(1000, 2, 3600),
                trial(2000, 1, 7200),
                trial(2000, 2, 7200)),
            new Seed(2),
            100);
    assertThat(law.overSeeds().orElseThrow().halfWidth()).isZero();
  }

  @Test
  void everythingThatPreventsAFitIsNamed() {
    assertThatThrownBy(() ->
            CapacityLaw.fit(List.of(trial(1000, 7, 3500), trial(1000, 7, 3500)), new Seed(1), 0))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "models: got 1 of different size, expected at least 2",
            "seed 7 of 1000 parameters more than once",
            "resamples: got 0");
    assertThatThrownBy(() -> CapacityLaw.fit(List.of(), new Seed(1), 100))
        .hasMessageContaining("models: got 0");
    assertThatThrownBy(() -> trial(0, 1, -3))
        .hasMessageContainingAll("parameters: got 0", "capacity: got -3.0");
  }

  @Test
  void aFittedAlphaThatIsNoCapacityIsRefused() {
    assertThatThrownBy(() -> Alpha.of(-1, Double.NaN, 65, ""))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll("got -1.0", "got NaN", "got 65.0");
    assertThatThrownBy(() -> Alpha.of(3, 2, 4, "")).hasMessageContaining("in this order");
  }
}
