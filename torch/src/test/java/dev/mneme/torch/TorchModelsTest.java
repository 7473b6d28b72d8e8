package dev.mneme.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trained together, models do what each does alone.
class TorchModelsTest {
  private static final int MODELS = 3;
  private static final AdamW ADAMW = new AdamW(0.9, 0.99, 1e-3, 0.1);

  private static double[] initial(GptConfig config, int model) {
    return new Initialization(0.2, 0.2).draw(ParameterLayout.of(config), new Seed(model));
  }

  /// Another batch in every step, and for every model.
  private static TokenBatch batch(GptConfig config, int model, int step) {
    TokenDataset data =
        RandomTokens.generate(
            new Seed(7).derive("data", model),
            "data",
            config.vocabularySize(),
            config.contextLength() - 1,
            20);
    return TokenBatch.range(data, step, step + 9);
  }

  private static List<double[]> initials(GptConfig config) {
    return IntStream.range(0, MODELS).mapToObj(model -> initial(config, model)).toList();
  }

  private static List<TokenBatch> batches(GptConfig config, int step) {
    return IntStream.range(0, MODELS).mapToObj(model -> batch(config, model, step)).toList();
  }

  static List<TorchDevice> devices() {
    return Devices.all();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void tenStepsTogetherLeadWhereTenStepsAloneLead(TorchDevice device) {
    for (boolean tied : new boolean[] {true, false}) {
      GptConfig config = new GptConfig(2, 24, 3, 131, 9, tied);
      assertSameSteps(device, config, ADAMW);
      assertSameSteps(device, config, new Muon(0.9, 0.1, 3, ADAMW));
    }
  }

  private static void assertSameSteps(TorchDevice device, GptConfig config, Optimizer optimizer) {
    try (TorchModels together = new TorchModels(config, device, initials(config))) {
      List<Optional<Bits>> last = List.of();
      for (int number = 1; number <= 10; number++) {
        last = together.trainStep(batches(config, number), step(number, optimizer));
      }
      for (int model = 0; model < MODELS; model++) {
        try (TrainableModel alone =
            new TorchEngine(device).create(config, initial(config, model))) {
          double bits = 0;
          for (int number = 1; number <= 10; number++) {
            bits = alone.trainStep(batch(config, model, number), step(number, optimizer)).value();
          }
          assertThat(last.get(model).orElseThrow().value()).isCloseTo(bits, within(2e-6 * bits));
          ModelState expected = alone.state();
          ModelState actual = together.state(model);
          assertSame(actual.parameters(), expected.parameters());
          assertSame(actual.firstMoment(), expected.firstMoment());
          assertSame(actual.secondMoment(), expected.secondMoment());
        }
      }
    }
  }

  private static OptimizerStep step(int number, Optimizer optimizer) {
    return new OptimizerStep(number, 0.01 / number, optimizer);
  }

  private static void assertSame(double[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).containsExactly(expected, within(1e-5 * largest));
  }

  @Test
  void aModelThatDivergesLeavesTheOthersAlone() {
    GptConfig config = new GptConfig(2, 24, 3, 131, 9, true);
    List<double[]> broken = initials(config);
    for (int spoiled : new int[] {0, 3_500}) { // an embedding that is used, and a block
      broken.get(1)[spoiled] = Double.NaN;
      try (TorchModels healthy = new TorchModels(config, TorchDevice.CPU, initials(config));
          TorchModels ill = new TorchModels(config, TorchDevice.CPU, broken)) {
        List<Optional<Bits>> expected = List.of();
        List<Optional<Bits>> actual = List.of();
        for (int number = 1; number <= 3; number++) {
          expected = healthy.trainStep(batches(config, number), step(number, ADAMW));
          actual = ill.trainStep(batches(config, number), step(number, ADAMW));
        }
        assertThat(actual.get(1)).isEmpty();
        for (int other : new int[] {0, 2}) {
          assertThat(actual.get(other)).isEqualTo(expected.get(other)).isPresent();
          assertThat(ill.state(other).parameters()).isEqualTo(healthy.state(other).parameters());
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    GptConfig config = new GptConfig(1, 8, 1, 16, 4, true);
    try (TorchModels models = new TorchModels(config, TorchDevice.CPU, initials(config))) {
      List<TokenBatch> tooFew = batches(config, 1).subList(0, 2);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> models.trainStep(tooFew, step(1, ADAMW)));
      TokenDataset data = RandomTokens.generate(new Seed(1), "data", 16, 3, 4);
      List<TokenBatch> uneven = List.of(tooFew.getFirst(), tooFew.getLast(), TokenBatch.all(data));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> models.trainStep(uneven, step(1, ADAMW)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> models.restore(0, ModelState.initial(new double[3])));
    }
  }
}
