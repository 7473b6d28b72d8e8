package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainedLengthsTest {
  private static final GptConfig SMALL = GptConfig.of(1, 4, 16, 8);
  private static final GptConfig LARGE = GptConfig.of(1, 8, 16, 8);

  private static MeasuredTrial trial(
      GptConfig model, String recipe, long steps, int sequences, long seed, double net) {
    return new MeasuredTrial(
        model, "fp32", recipe, steps, sequences, seed, new Bits(net), new Bits(5000));
  }

  @Test
  void everyRecipeShowsTheLengthsOfItsBestSize() {
    List<TrainedLengths> all =
        TrainedLengths.ofEveryRecipe(
            List.of(
                trial(LARGE, "muon", 200, 30, 1, 900),
                trial(LARGE, "muon", 100, 30, 1, 700),
                trial(LARGE, "muon", 100, 30, 2, 720),
                trial(LARGE, "muon", 100, 40, 1, 1000),
                trial(LARGE, "adamw", 100, 40, 1, 650),
                trial(SMALL, "muon", 100, 10, 1, -5)));

    assertThat(all).extracting(TrainedLengths::model).containsExactly(SMALL, LARGE, LARGE);
    assertThat(all).extracting(TrainedLengths::recipe).containsExactly("muon", "adamw", "muon");
    assertThat(all).extracting(TrainedLengths::sequences).containsExactly(10, 40, 30);
    TrainedLengths muon = all.getLast();
    assertThat(muon.lengths()).extracting(MeasuredSize::steps).containsExactly(100L, 200L);
    assertThat(muon.lengths().getFirst().net().mean()).isCloseTo(710, within(1e-9));
    assertThat(muon.longest().net().mean()).isCloseTo(900, within(1e-9));
    assertThat(all.getFirst().longest().net().mean()).isCloseTo(-5, within(1e-9));
  }

  /// A size that holds most, but was trained once, does not hide how another grew.
  @Test
  void theSizeWithMostLengthsIsKeptBesideTheBest() {
    List<TrainedLengths> all =
        TrainedLengths.ofEveryRecipe(
            List.of(
                trial(LARGE, "muon", 400, 38, 1, 950),
                trial(LARGE, "muon", 400, 42, 1, 900),
                trial(LARGE, "muon", 200, 42, 1, 850),
                trial(LARGE, "muon", 100, 42, 1, 780),
                trial(LARGE, "muon", 400, 35, 1, 890),
                trial(LARGE, "muon", 200, 35, 1, 840)));
    assertThat(all).extracting(TrainedLengths::sequences).containsExactly(38, 42);
    assertThat(all.getLast().lengths())
        .extracting(MeasuredSize::steps)
        .containsExactly(100L, 200L, 400L);
  }

  @Test
  void theSameTrialKeptTwiceCountsOnce() {
    TrainedLengths one =
        TrainedLengths.ofEveryRecipe(
                List.of(
                    trial(SMALL, "muon", 100, 10, 1, 40),
                    trial(SMALL, "muon", 100, 10, 1, 40),
                    trial(SMALL, "muon", 100, 10, 2, 43)))
            .getFirst();
    assertThat(one.longest().trials()).hasSize(2);
    assertThat(one.longest().net().mean()).isCloseTo(41.5, within(1e-9));
  }

  @Test
  void precisionsStandApart() {
    MeasuredTrial fp32 = trial(SMALL, "muon", 100, 10, 1, 40);
    MeasuredTrial bf16 =
        new MeasuredTrial(SMALL, "bf16", "muon", 100, 10, 1, new Bits(39), fp32.ceiling());
    assertThat(TrainedLengths.ofEveryRecipe(List.of(fp32, bf16)))
        .extracting(TrainedLengths::precision)
        .containsExactly("bf16", "fp32");
  }
}
