package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RemainingGainCheckTest {
  private static final GptConfig MODEL = GptConfig.of(1, 8, 16, 8);

  private static List<MeasuredTrial> trials(String recipe, DoubleUnaryOperator net, long... steps) {
    List<MeasuredTrial> trials = new ArrayList<>();
    for (long length : steps) {
      for (long seed = 1; seed <= 2; seed++) {
        trials.add(
            new MeasuredTrial(
                MODEL,
                "fp32",
                recipe,
                length,
                30,
                seed,
                new Bits(net.applyAsDouble(length)),
                new Bits(2000)));
      }
    }
    return trials;
  }

  @Test
  void aLawThatGoesOnIsHeldAndAJumpIsNot() {
    DoubleUnaryOperator law = steps -> 1000 - 200 * Math.pow(steps / 800, -0.5);
    DoubleUnaryOperator jump = steps -> steps > 800 ? 1900 : law.applyAsDouble(steps);
    List<MeasuredTrial> all = new ArrayList<>(trials("one", law, 100, 200, 400, 800, 8000));
    all.addAll(trials("other", jump, 200, 400, 800, 8000));

    RemainingGainCheck check = RemainingGainCheck.of(all);

    assertThat(check.rows()).hasSize(2);
    List<RemainingGainCheck.Prediction> predictions =
        check.rows().stream().map(RemainingGainCheck.Row::predicted).toList();
    assertThat(predictions).extracting(RemainingGainCheck.Prediction::steps).containsOnly(800L);
    assertThat(predictions)
        .extracting(RemainingGainCheck.Prediction::recipe)
        .containsExactly("one", "other");
    assertThat(predictions)
        .extracting(RemainingGainCheck.Prediction::lengths)
        .containsExactly(4, 3);
    assertThat(predictions).extracting(RemainingGainCheck.Prediction::seeds).containsOnly(2);
    assertThat(check.rows()).extracting(RemainingGainCheck.Row::held).containsExactly(true, false);
    assertThat(check.rows().getFirst().measured())
        .isCloseTo((1000 - 200 / Math.sqrt(10)) / 800 - 1, within(1e-12));
    assertThat(check.coverage()).isEqualTo(0.5);

    JsonNode json = JsonMapper.builder().build().readTree(LawJson.convergence(check));
    assertThat(json.required("format").asString()).isEqualTo("mneme-convergence-check/1");
    assertThat(json.required("rows").get(1).required("held").asBoolean()).isFalse();
    assertThat(json.required("coverage").asDouble()).isEqualTo(0.5);
  }

  @Test
  void theLongestRunsPredictWhatWasNotRun() {
    DoubleUnaryOperator law = steps -> 1000 - 200 * Math.pow(steps / 800, -0.5);
    List<MeasuredTrial> all = new ArrayList<>(trials("other", law, 400, 800));
    all.addAll(trials("one", law, 50, 100, 200, 400, 800));

    RemainingGainCheck check = RemainingGainCheck.of(all);

    assertThat(check.rows()).isEmpty();
    assertThat(check.forecasts()).hasSize(1);
    RemainingGainCheck.Prediction forecast = check.forecasts().getFirst();
    assertThat(forecast.recipe()).isEqualTo("one");
    assertThat(forecast.steps()).isEqualTo(800);
    assertThat(forecast.lengths()).isEqualTo(4);
    assertThat(forecast.seeds()).isEqualTo(2);
    assertThat(forecast.net().value()).isCloseTo(800, within(1e-9));
    double after = 1000 - 200 / Math.sqrt(10);
    assertThat(forecast.gain().low()).isLessThan(after / 800 - 1);
    assertThat(forecast.gain().high()).isGreaterThan(after / 800 - 1);
    assertThat(forecast.perParameter(0.5))
        .isCloseTo(1200.0 / MODEL.parameterCount().total(), within(1e-9));

    JsonNode whole = JsonMapper.builder().build().readTree(LawJson.convergence(check));
    assertThat(whole.required("coverage").isNull()).isTrue();
    JsonNode json = whole.required("forecasts").get(0);
    assertThat(json.required("netBits").asDouble()).isCloseTo(800, within(1e-9));
    assertThat(json.required("low").asDouble()).isEqualTo(forecast.gain().low());
    assertThat(json.required("recipe").asString()).isEqualTo("one");
  }

  /// Seed 2 has no run of the shortest length, and its figures must not be mixed in.
  @Test
  void onlySeedsWithEveryLengthAreCompared() {
    List<MeasuredTrial> all = new ArrayList<>();
    for (long steps : new long[] {200, 400, 800, 8000}) {
      all.add(trial(steps, 1, 1000 - 40_000.0 / steps, 2000));
      if (steps > 200) {
        all.add(trial(steps, 2, 3 * (1000 - 40_000.0 / steps) + steps / 100.0, 9000));
      }
    }
    List<MeasuredTrial> alone = all.stream().filter(one -> one.seed() == 1).toList();

    assertThat(RemainingGainCheck.of(all).rows())
        .hasSize(1)
        .isEqualTo(RemainingGainCheck.of(alone).rows());
    List<MeasuredTrial> shorter = all.stream().filter(one -> one.steps() < 8000).toList();
    List<MeasuredTrial> shorterAlone = shorter.stream().filter(one -> one.seed() == 1).toList();
    assertThat(RemainingGainCheck.of(shorter).forecasts())
        .hasSize(1)
        .isEqualTo(RemainingGainCheck.of(shorterAlone).forecasts());
  }

  private static MeasuredTrial trial(long steps, long seed, double net, double ceiling) {
    return new MeasuredTrial(
        MODEL, "fp32", "one", steps, 30, seed, new Bits(net), new Bits(ceiling));
  }

  @Test
  void aForecastTakesTheLengthsThatCapacityRuns() {
    List<MeasuredTrial> law = trials("one", steps -> 1000 - 40_000 / steps, 100, 200, 400, 800);
    List<MeasuredTrial> withShort = new ArrayList<>(law);
    withShort.addAll(trials("one", steps -> -1e6, 50));

    assertThat(RemainingGainCheck.of(withShort).forecasts())
        .isEqualTo(RemainingGainCheck.of(law).forecasts());
  }

  @Test
  void withoutTenTimesTheStepsThereIsNothingToCheck() {
    assertThat(RemainingGainCheck.of(trials("one", steps -> steps, 100, 200, 400, 3000)).rows())
        .isEmpty();
    assertThat(RemainingGainCheck.of(trials("one", steps -> steps, 200, 400, 4000)).rows())
        .isEmpty();
    assertThat(RemainingGainCheck.of(trials("one", steps -> steps, 200, 400)).forecasts())
        .isEmpty();
    assertThat(RemainingGainCheck.of(trials("one", steps -> -1, 100, 200, 400)).forecasts())
        .isEmpty();
    assertThat(RemainingGainCheck.of(List.of()).coverage()).isNaN();
  }
}
