package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.training.Scoring;
import dev.mneme.unit.CodeLengths;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreFunctionsTest {
  private static final CodeLengths MODEL = CodeLengths.ofBits(new double[] {10, 30});

  @Test
  void subtractsAndDividesCodeLengths() {
    assertThat(ScoreFunctions.loss(MODEL)).containsExactly(-10, -30);
    assertThat(ScoreFunctions.reference(MODEL, CodeLengths.ofBits(new double[] {15, 20})))
        .containsExactly(5, -10);
    assertThat(ScoreFunctions.reference(MODEL, MODEL)).containsExactly(0, 0);
    assertThatThrownBy(() -> ScoreFunctions.reference(MODEL, CodeLengths.ofBits(new double[] {1})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// zlib of one byte: two bytes of header, three of a block with a fixed code, four of checksum.
  @Test
  void dividesByTheSizeThatZlibNeeds() {
    byte[] letter = {'a'};
    byte[] letters = "a".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    double[] scores = ScoreFunctions.zlib(MODEL, List.of(letter, letters));
    assertThat(scores[0]).isEqualTo(-10.0 / (9 * 8));
    assertThat(scores[1]).isBetween(-30.0 / (9 * 8), -30.0 / (25 * 8));
    assertThatThrownBy(() -> ScoreFunctions.zlib(MODEL, List.of(letter, new byte[0])))
        .hasMessageContaining("empty");
  }

  private static TrainableModel model(GptConfig config) {
    return new ReferenceEngine()
        .create(config, new Initialization(0.5, 0.5).draw(ParameterLayout.of(config), new Seed(1)));
  }

  @Test
  void looksAtTheLeastLikelyTokens() {
    GptConfig config = GptConfig.of(1, 8, 11, 5);
    TokenDataset data = RandomTokens.generate(new Seed(3), "data", 11, 5, 4);
    try (TrainableModel model = model(config)) {
      TokenStatistics statistics = TokenStatistics.of(model, data);
      CodeLengths lengths = Scoring.codeLengths(model, data);
      double[] logits = model.logits(TokenBatch.all(data));
      double[] minK = ScoreFunctions.minK(statistics, 0.4);
      double[] minKPlusPlus = ScoreFunctions.minKPlusPlus(statistics, 0.4);
      for (int i = 0; i < 4; i++) {
        double[] logs = new double[5];
        double[] standardized = new double[5];
        for (int t = 0; t < 5; t++) {
          double[] log2 = log2Softmax(logits, (i * 5 + t) * 11, 11);
          double mean = 0;
          for (double value : log2) {
            mean += Math.pow(2, value) * value;
          }
          double variance = 0;
          for (double value : log2) {
            variance += Math.pow(2, value) * (value - mean) * (value - mean);
          }
          logs[t] = log2[data.token(i, t)];
          standardized[t] = (logs[t] - mean) / Math.sqrt(variance);
          assertThat(statistics.mean(i, t)).isCloseTo(mean, within(1e-9));
          assertThat(statistics.deviation(i, t)).isCloseTo(Math.sqrt(variance), within(1e-9));
        }
        assertThat(-Arrays.stream(logs).sum()).isCloseTo(lengths.bits(i), within(1e-9));
        Arrays.sort(logs);
        Arrays.sort(standardized);
        assertThat(minK[i]).isCloseTo((logs[0] + logs[1]) / 2, within(1e-9));
        assertThat(minKPlusPlus[i])
            .isCloseTo((standardized[0] + standardized[1]) / 2, within(1e-6));
      }
      assertThat(ScoreFunctions.minK(statistics, 1)[0])
          .isCloseTo(-lengths.bits(0) / 5, within(1e-9));
      assertThat(ScoreFunctions.minK(statistics, 0.01)[0]).isLessThanOrEqualTo(minK[0]);
      assertThatThrownBy(() -> ScoreFunctions.minK(statistics, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static double[] log2Softmax(double[] logits, int from, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp(logits[from + i]);
    }
    double[] logs = new double[count];
    for (int i = 0; i < count; i++) {
      logs[i] = (logits[from + i] - Math.log(sum)) / Math.log(2);
    }
    return logs;
  }

  @ParameterizedTest
  @CsvSource({
    "loss, LOSS",
    "zlib, ZLIB",
    "ref, REF",
    "mink, MIN_K",
    "min_k, MIN_K",
    "Mink++, MIN_K_PLUS_PLUS",
    "min_k++, MIN_K_PLUS_PLUS",
    "blind, BLIND"
  })
  void attacksHaveTheNamesThatUsersKnow(String name, Attack attack) {
    assertThat(Attack.named(name)).contains(attack);
    assertThat(Attack.named(attack.label())).contains(attack);
    assertThat(Attack.named(name + "?")).isEmpty();
  }
}
