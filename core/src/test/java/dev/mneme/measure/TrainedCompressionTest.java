package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.VectorEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trains a small model on random tokens, compresses them with it and decodes them without loss.
class TrainedCompressionTest {
  private static final int SEQUENCES = 100;
  private static final int STEPS = 200;
  private static final int BATCH = 25;

  static List<Engine> engines() {
    return List.of(new ReferenceEngine(), new VectorEngine());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void compressesItsTrainingDataToTheirCodeLength(Engine engine) {
    Seed seed = new Seed(42);
    GptConfig config = GptConfig.of(1, 16, 64, 8);
    TokenDataset data = RandomTokens.generate(seed, "data", 64, 8, SEQUENCES);
    double[] start = new Initialization(0.08, 0.08).draw(ParameterLayout.of(config), seed);
    try (TrainableModel model = engine.create(config, start)) {
      train(model, data, seed);

      CompressedTokens compressed = new ModelCompressor(model).compress(data);

      Bits codeLength = model.codeLengths(TokenBatch.all(data)).total();
      Bits entropy = new Bits(SEQUENCES * 8 * 6.0);
      assertThat(codeLength.value()).isLessThan(0.7 * entropy.value()); // it memorized
      Control control = Controls.arithmeticCoder(compressed.streamSize(), codeLength);
      assertThat(control.passed()).as(control.figures()).isTrue();
      assertThat(compressed.streamSize().value() - codeLength.value()).isBetween(-0.01, 8.01);

      CompressedTokens read = CompressedTokens.fromBytes(compressed.toBytes());
      assertThat(new ModelCompressor(model).decompress(read).contentHash())
          .isEqualTo(data.contentHash());
      Memorization memorized =
          Memorization.ofRandomTokens(data, model.codeLengths(TokenBatch.all(data)));
      assertThat(memorized.net()).isLessThan(Ceiling.of(data));
    }
  }

  private static void train(TrainableModel model, TokenDataset data, Seed seed) {
    for (int step = 1; step <= STEPS; step++) {
      int[] order = seed.derive("order", step).stream().permutation(data.count());
      double rate = 0.02 * (1 - (step - 0.5) / STEPS);
      model.trainStep(
          new TokenBatch(data, Arrays.copyOf(order, BATCH)),
          new OptimizerStep(step, rate, new AdamW(0.9, 0.999, 1e-8, 0)));
    }
  }
}
