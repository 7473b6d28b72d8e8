package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AblationTest {
  private static final BitsPerParameter ALPHA = new BitsPerParameter(3.54);

  private static AblationTrial trial(int length, int vocabulary, double measured) {
    GptConfig model = GptConfig.of(2, 128, vocabulary, length);
    SampleShape shape = new SampleShape(length, vocabulary);
    // sequences of random tokens are distinct here
    Bits ceiling = shape.bitsPerSample().minus(Bits.toChoose(4096)).times(4096);
    return new AblationTrial(
        model.parameterCount().total(), 4096, shape, ceiling, new Bits(measured));
  }

  /// Morris et al., arXiv 2505.24832: expected memorization by sequence length, 2 layers, d 128, V
  /// 2048, N 4096.
  @ParameterizedTest
  @CsvSource({
    "4, 1.80e5, true",
    "8, 3.60e5, true",
    "16, 7.21e5, true",
    "32, 1.44e6, true",
    "64, 2.36e6, false",
    "128, 2.39e6, false",
    "256, 2.45e6, false"
  })
  void thePublishedExpectationsAreReproduced(int length, double expected, boolean limited) {
    Ablation.Row row = Ablation.of(List.of(trial(length, 2048, 1e5)), ALPHA).rows().getFirst();
    assertThat(row.expected().value()).isCloseTo(expected, Percentage.withPercentage(0.3));
    assertThat(row.limitedByData()).isEqualTo(limited);
  }

  /// The ceiling of a set without order, from the same source's shapes: N · (S · log2 V − log2 N).
  @ParameterizedTest
  @CsvSource({"4, 1.31e5", "8, 3.11e5", "16, 6.72e5", "32, 1.39e6"})
  void whatIsReachableStaysBelow(int length, double reachable) {
    Ablation.Row row = Ablation.of(List.of(trial(length, 2048, 1e5)), ALPHA).rows().getFirst();
    assertThat(row.reachable().value()).isCloseTo(reachable, Percentage.withPercentage(0.5));
    assertThat(row.shareOfReachable().orElseThrow())
        .isCloseTo(1e5 / row.reachable().value(), within(1e-12));
  }

  @Test
  void aLargeSetIsLimitedByTheModel() {
    Ablation.Row row = Ablation.of(List.of(trial(64, 2048, 2.29e6)), ALPHA).rows().getFirst();
    assertThat(row.expected()).isEqualTo(row.reachable());
    assertThat(row.shareOfReachable().orElseThrow()).isCloseTo(0.97, within(0.005));
  }

  @Test
  void badInputIsRefused() {
    assertThatThrownBy(
            () -> new AblationTrial(0, 0, SampleShape.PUBLISHED, new Bits(-1), Bits.ZERO))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll("parameters: got 0", "sequences: got 0", "ceiling: got -1.0");
    assertThatThrownBy(() -> Ablation.of(List.of(), new BitsPerParameter(0)))
        .hasMessageContaining("alpha: got 0.0");
    AblationTrial nothing = new AblationTrial(10, 1, new SampleShape(1, 2), Bits.ZERO, Bits.ZERO);
    assertThat(Ablation.of(List.of(nothing), ALPHA).rows().getFirst().shareOfReachable()).isEmpty();
  }
}
