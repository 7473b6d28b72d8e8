package dev.mneme.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.model.InvalidConfigurationException.Problem;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GptConfigTest {
  /// Total and embedding-free counts worked out by hand for V 2048, S 64; the totals are the
  /// paper's 8.04e4, 4.69e5, 6.67e5, 3.70e6 and 6.86e6 (arXiv 2505.24832).
  @ParameterizedTest
  @CsvSource({
    "1, 32, 80352, 12768, 8.04e4",
    "1, 128, 468864, 198528, 4.69e5",
    "2, 128, 667136, 396800, 6.67e5",
    "4, 256, 3700224, 3159552, 3.70e6",
    "8, 256, 6859264, 6318592, 6.86e6",
  })
  void countsTheParametersOfThePaper(
      int layers, int width, long total, long withoutEmbeddings, String paper) {
    var count = GptConfig.of(layers, width, 2048, 64).parameterCount();
    assertThat(count.total()).isEqualTo(total);
    assertThat(count.withoutEmbeddings()).isEqualTo(withoutEmbeddings);
    assertThat(String.format(java.util.Locale.ROOT, "%.2e", (double) total).replace("+0", ""))
        .isEqualTo(paper);
  }

  @Test
  void anUntiedHeadAddsOneVocabularyTimesWidth() {
    var tied = new GptConfig(2, 48, 3, 100, 7, true).parameterCount();
    var untied = new GptConfig(2, 48, 3, 100, 7, false).parameterCount();
    assertThat(untied.total() - tied.total()).isEqualTo(100 * 48);
    assertThat(untied.withoutEmbeddings()).isEqualTo(tied.withoutEmbeddings());
  }

  @ParameterizedTest
  @CsvSource({"16, 1", "64, 1", "127, 1", "128, 2", "256, 4", "192, 3", "200, 2", "1, 1"})
  void choosesOneHeadForEvery64OfWidth(int width, int heads) {
    assertThat(GptConfig.of(1, width, 2, 1).heads()).isEqualTo(heads);
  }

  @Property(seed = "2026")
  void everyWidthHasAUsualNumberOfHeads(@ForAll @IntRange(min = 1, max = 16_384) int width) {
    GptConfig config = GptConfig.of(1, width, 2, 1);
    assertThat(config.headWidth() * config.heads()).isEqualTo(width);
    assertThat(config.heads()).isLessThanOrEqualTo(Math.max(1, width / 64));
  }

  @Test
  void reportsEveryProblemAtOnce() {
    InvalidConfigurationException problems =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> new GptConfig(0, 30, 4, 1, -3, true));
    assertThat(problems.problems())
        .extracting(Problem::field)
        .containsExactly("layers", "vocabulary", "sequence length", "heads");
    assertThat(problems.problems())
        .extracting(Problem::given)
        .containsExactly("0", "1", "-3", "4 with width 30");
    assertThat(problems.problems()).allSatisfy(problem -> assertThat(problem.hint()).isNotBlank());
    assertThat(problems.getMessage().lines()).hasSize(4);
  }

  @Test
  void acceptsTheBoundsThemselvesAndNothingBeyond() {
    assertThatCode(() -> new GptConfig(256, 16_384, 16_384, 1 << 20, 1 << 16, false))
        .doesNotThrowAnyException();
    assertThatCode(() -> new GptConfig(1, 1, 1, 2, 1, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new GptConfig(257, 16_385, 1, (1 << 20) + 1, (1 << 16) + 1, true))
        .hasMessageContainingAll("layers", "width", "vocabulary", "sequence length");
    assertThatThrownBy(() -> new GptConfig(1, 1, 0, 2, 1, true)).hasMessageContaining("heads");
  }
}
