package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.DataSource.TextSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What makes two trials on text the same.
class TextTrialIdentityTest {
  private static final EngineIdentity ENGINE = new EngineIdentity("reference", 1, 64, "fp64");
  private static final TextSource SOURCE =
      new TextSource("corpus", "bytes", "abc", 20, 5, 10, List.of(1, 2));

  private static String id(DataSource source) {
    return TrialIdentity.of(
        new TrialSpecification(FakeTrials.MODEL, 12, FakeTrials.TRAINING, 3, source), ENGINE);
  }

  @Test
  void allThatDecidesFiguresCounts() {
    assertThat(
            Stream.of(
                    DataSource.RANDOM_TOKENS,
                    SOURCE,
                    new TextSource("corpus", "bytes", "abd", 20, 5, 10, List.of(1, 2)),
                    new TextSource("corpus", "bytes", "abc", 21, 5, 10, List.of(1, 2)),
                    new TextSource("corpus", "bytes", "abc", 20, 6, 10, List.of(1, 2)),
                    new TextSource("corpus", "bytes", "abc", 20, 5, 11, List.of(1, 2)),
                    new TextSource("corpus", "bytes", "abc", 20, 5, 10, List.of(1)))
                .map(TextTrialIdentityTest::id))
        .doesNotHaveDuplicates();
  }

  /// The hash of the contents covers both.
  @Test
  void namesDoNot() {
    assertThat(id(new TextSource("copy", "file:x", "abc", 20, 5, 10, List.of(1, 2))))
        .isEqualTo(id(SOURCE));
  }

  @Test
  void aSpecificationReadsBack() {
    TrialSpecification trial =
        new TrialSpecification(FakeTrials.MODEL, 12, FakeTrials.TRAINING, 3, SOURCE);
    assertThat(TrialJson.readSpecification(TrialJson.writeSpecification(trial))).isEqualTo(trial);
  }

  @Test
  void moreThanIsHeldOutCannotBeProbed() {
    assertThatThrownBy(() -> new TextSource("c", "t", "h", 20, 5, 21, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("21");
  }

  /// Where only random tokens are, such as on a cluster, a trial on text fails with a reason.
  @Test
  void aRunnerWithoutTextSaysSo() {
    TrialSpecification trial =
        new TrialSpecification(FakeTrials.MODEL, 12, FakeTrials.TRAINING, 3, SOURCE);
    TrialResult result =
        TrialRunner.on(new dev.mneme.engine.reference.ReferenceEngine())
            .run(trial, TrialListener.NONE, () -> false)
            .orElseThrow()
            .result();
    assertThat(result).isInstanceOf(TrialResult.Failed.class);
    assertThat(((TrialResult.Failed) result).reason()).contains("text");
  }
}
