package dev.mneme.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  private static final List<String> NAMES =
      List.of("width", "heads", "learning-rate", "batch-size", "seed", "seeds");

  @Test
  void slipsAreUnderstood() {
    assertThat(DidYouMean.closest("widht", NAMES)).contains("width");
    assertThat(DidYouMean.closest("learning_rate", NAMES)).contains("learning-rate");
    assertThat(DidYouMean.closest("LearningRate", NAMES)).contains("learning-rate");
    assertThat(DidYouMean.closest("sed", NAMES)).contains("seed");
    assertThat(DidYouMean.closest("temperature", NAMES)).isEmpty();
    assertThat(DidYouMean.closest("x".repeat(100_000), NAMES)).isEmpty();
  }

  @Property(seed = "2026", tries = 200)
  void distanceIsSymmetricAndZeroForTheSame(
      @ForAll @AlphaChars @StringLength(max = 12) String a,
      @ForAll @AlphaChars @StringLength(max = 12) String b) {
    assertThat(DidYouMean.distance(a, b)).isEqualTo(DidYouMean.distance(b, a));
    assertThat(DidYouMean.distance(a, b) == 0).isEqualTo(a.equals(b));
    assertThat(DidYouMean.distance(a, b))
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
  }
}
