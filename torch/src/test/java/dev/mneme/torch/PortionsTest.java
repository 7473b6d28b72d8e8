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
    try (TorchModel model = new TorchModel(CONFIG, TorchDevice.CPU, portions, parameters)) {
      return model.gradient(BATCH);
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 1000", "1, 4", "20, 5", "1000, 1", "1000, 63"})
  void gradientsOfPortionsAddUp(int positions, int headRows) {
    Gradient whole = gradient(new Portions(1000, 1000));
    Gradient added = gradient(new Portions(positions, headRows));
    double largest = Arrays.stream(whole.values()).map(Math::abs).max().orElseThrow();
    assertThat(added.values()).containsExactly(whole.values(), within(2e-6 * largest));
    assertThat(added.codeLength().value())
        .isCloseTo(whole.codeLength().value(), within(1e-6 * whole.codeLength().value()));
  }

  @Test
  void logitsOfALargeVocabularyAreFewAtATime() {
    Portions portions = Portions.of(GptConfig.of(12, 768, 50_257, 1024));
    assertThat(portions).isEqualTo(new Portions(4096, 256));
    assertThat(Portions.of(GptConfig.of(1, 32, 2048, 64))).isEqualTo(new Portions(4096, 512));
  }
}
