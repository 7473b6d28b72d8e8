package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// How to use the package, from a question to an answer and from measurements to a law. The text is
/// meant to be copied.
class LawExampleTest {
  @Test
  void askThePublishedLaws() {
    Predictor predictor = Predictor.published();

    Prediction prediction =
        predictor.predict(124_000_000, DataSize.tokens(10_000_000_000L)); // GPT-2 small
    Bits capacity = prediction.capacity().value(); // 451 Mbit
    Regime regime = prediction.regime(); // data are 346 times that
    double f1 = prediction.membership().value(); // 0.5: chance
    double upToF1 = prediction.membership().high(); // 0.59

    // with fewer samples than this an attacker does better than F1 0.75
    OptionalDouble samples = predictor.samplesFor(124_000_000, 0.75);
    // and this is how large a model may be for a million samples at that risk
    OptionalDouble parameters = predictor.largestModel(DataSize.samples(1_000_000), 0.75);

    assertThat(capacity.value()).isBetween(451e6, 452e6);
    assertThat(regime).isEqualTo(Regime.GENERALIZING);
    assertThat(f1).isBetween(0.5, 0.5001);
    assertThat(upToF1).isBetween(0.59, 0.5901);
    assertThat(samples.orElseThrow()).isBetween(6.0e6, 6.1e6);
    assertThat(parameters.orElseThrow()).isBetween(20e6, 21e6);
  }

  @Test
  void fitYourOwnLawsAndPredictWithThem() {
    List<CapacityTrial> trials = new ArrayList<>();
    List<MembershipObservation> observations = new ArrayList<>();
    measureSomehow(trials, observations);
    SampleShape shape = new SampleShape(32, 4096);

    CapacityLaw capacities = CapacityLaw.fit(trials, new Seed(1), 2000);
    MembershipFit attacks =
        MembershipFit.of(observations, new Seed(1), MembershipFit.USUAL_RESAMPLES);
    Predictor predictor = new Predictor(shape, capacities.alpha(), attacks);
    Prediction prediction = predictor.predict(3_000_000, DataSize.samples(200_000));

    // does the law hold where it was not fitted?
    MembershipComparison held =
        MembershipComparison.holdingOutLargest(observations, 1, new Seed(1), 200);

    assertThat(prediction.capacity().value().value()).isBetween(8.9e6, 9.1e6);
    assertThat(prediction.membership().value())
        .isBetween(prediction.membership().low(), prediction.membership().high());
    assertThat(held.largestError()).isLessThan(0.05);
  }

  /// Stands for trained and attacked models: 3 bits per parameter, F1 falling around 20 data bits
  /// per parameter.
  private static void measureSomehow(
      List<CapacityTrial> trials, List<MembershipObservation> observations) {
    RandomStream noise = new Seed(8).stream();
    MembershipLaw law = new MembershipLaw(1.1, -0.1, -20);
    for (long parameters : new long[] {100_000, 200_000, 400_000}) {
      for (int seed = 1; seed <= 3; seed++) {
        trials.add(
            new CapacityTrial(
                parameters, seed, new Bits(parameters * (3 + 0.01 * noise.nextGaussian()))));
      }
      for (double z = 2; z < 80; z *= 1.5) {
        double f1 = Math.clamp(law.at(z) + 0.01 * noise.nextGaussian(), 0, 1);
        observations.add(new MembershipObservation(parameters, z, f1));
      }
    }
  }
}
