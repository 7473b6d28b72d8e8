package dev.mneme.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// bfloat16 by autocast against the reference: off by what 8 significant bits cost, no more and no
/// less.
class AutocastTest {
  private static final GptConfig CONFIG = new GptConfig(2, 24, 3, 131, 9, true);

  private static TrainableModel model(Engine engine) {
    double[] start = new Initialization(0.2, 0.15).draw(ParameterLayout.of(CONFIG), new Seed(4));
    return engine.create(CONFIG, start);
  }

  private static TokenBatch batch() {
    return TokenBatch.all(RandomTokens.generate(new Seed(3), "autocast", 131, 9, 6));
  }

  private static double relative(double[] tested, double[] expected) {
    double squares = 0;
    double all = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += (tested[i] - expected[i]) * (tested[i] - expected[i]);
      all += expected[i] * expected[i];
    }
    return Math.sqrt(squares / all);
  }

  @Test
  void productsAreInBfloat16() {
    try (TrainableModel half = model(new TorchEngine(TorchDevice.CPU, Precision.BF16));
        TrainableModel single = model(new TorchEngine(TorchDevice.CPU));
        TrainableModel exact = model(new ReferenceEngine())) {
      double[] logits = exact.logits(batch());
      double[] gradient = exact.gradient(batch()).values();
      double bits = exact.codeLengths(batch()).total().value();

      assertThat(relative(half.logits(batch()), logits)).isBetween(1e-3, 2e-2);
      assertThat(relative(half.gradient(batch()).values(), gradient)).isBetween(1e-3, 3e-2);
      assertThat(relative(single.logits(batch()), logits)).isLessThan(1e-5);
      assertThat(relative(single.gradient(batch()).values(), gradient)).isLessThan(1e-4);
      assertThat(half.codeLengths(batch()).total().value()).isBetween(0.99 * bits, 1.01 * bits);
    }
  }

  @Test
  void itTrainsToTheSameBitsEachTime() {
    double[][] ends = new double[2][];
    for (int run = 0; run < 2; run++) {
      try (TrainableModel model = model(new TorchEngine(TorchDevice.CPU, Precision.BF16))) {
        double before = model.codeLengths(batch()).total().value();
        for (int step = 1; step <= 20; step++) {
          model.trainStep(batch(), new OptimizerStep(step, 0.01, new AdamW(0.9, 0.99, 1e-8, 0)));
        }
        assertThat(model.codeLengths(batch()).total().value()).isLessThan(0.8 * before);
        ends[run] = model.state().parameters();
      }
    }
    assertThat(Arrays.equals(ends[0], ends[1])).isTrue();
  }

  @Test
  void otherPrecisionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TorchEngine(TorchDevice.CPU, Precision.TERNARY))
        .withMessageContaining("fp32 and bf16");
    assertThat(new TorchEngine(TorchDevice.CPU, Precision.BF16).identity().precision())
        .isEqualTo("bf16");
  }
}
