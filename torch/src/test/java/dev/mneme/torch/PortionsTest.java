package dev.mneme.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.engine.Gradient;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The size of portions decides about memory and nothing else.
class PortionsTest {
  private static final GptConfig CONFIG = new GptConfig(2, 24, 3, 131, 9, true);
  private static final TokenBatch BATCH =
      TokenBatch.all(RandomTokens.generate(new Seed(4), "data", 131, 9, 7));

  @BeforeAll
  static void load() {
    Libtorch.require(TorchDevice.CPU);
  }

  private static Gradient gradient(Portions portions) {
    double[] parameters =
        new Initialization(0.2, 0.2).draw(ParameterLayout.of(CONFIG), new Seed(3));
    try (TorchModel model =
        new TorchModel(
            CONFIG,
            TorchDevice.CPU,
            new Autocast(TorchDevice.Kind.CPU, false),
            portions,
            parameters)) {
      return model.gradient(BATCH);
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 1000", "1, 4", "20, 5", "1000, 1", "1000, 63"})
  void gradientsOfPortionsAddUp(int positions, int headRows) {
    Gradient whole = gradient(new Portions(1000, 1000, false));
    Gradient added = gradient(new Portions(positions, headRows, false));
    double largest = Arrays.stream(whole.values()).map(Math::abs).max().orElseThrow();
    assertThat(added.values()).containsExactly(whole.values(), within(2e-6 * largest));
    assertThat(added.codeLength().value())
        .isCloseTo(whole.codeLength().value(), within(1e-6 * whole.codeLength().value()));
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000", "20, 5"})
  void recomputedBlocksGiveTheSameBits(int positions, int headRows) {
    Gradient kept = gradient(new Portions(positions, headRows, false));
    Gradient recomputed = gradient(new Portions(positions, headRows, true));
    assertThat(recomputed.values()).isEqualTo(kept.values());
    assertThat(recomputed.codeLength()).isEqualTo(kept.codeLength());
  }

  @Test
  void smallModelsKeepTheirActivationsAndLargeOnesRecomputeThem() {
    TorchDevice card = new TorchDevice(TorchDevice.Kind.CUDA, 0);
    GptConfig small = GptConfig.of(4, 128, 2048, 64);
    GptConfig gpt2 = GptConfig.of(12, 768, 50_257, 1024);
    GptConfig xl = new GptConfig(48, 1600, 25, 50_257, 1024, true);
    assertThat(Portions.of(small, TorchDevice.CPU)).isEqualTo(new Portions(4096, 512, false));
    assertThat(Portions.of(gpt2, TorchDevice.CPU)).isEqualTo(new Portions(4096, 256, true));
    assertThat(Portions.of(small, card)).isEqualTo(new Portions(1 << 18, 65_536, false));
    assertThat(Portions.of(gpt2, card)).isEqualTo(new Portions(8962, 2670, false));
    assertThat(Portions.of(xl, card)).isEqualTo(new Portions(4096, 2670, true));
    assertThat(Portions.of(small, TorchDevice.CPU).sharedBy(8))
        .isEqualTo(new Portions(512, 64, false));
  }
}
