package dev.mneme.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeWordsTest {
  private static final String MUON = "Muon (momentum 0.95, scale 0.1); rate 0.02; flat 0.5; linear";
  private static final String ADAMW = "AdamW β1 0.9, β2 0.99; rate 0.02; flat 0; cosine";

  @Test
  void onlyWhatDiffersIsSaid() {
    assertThat(RecipeWords.difference(MUON, List.of(MUON, ADAMW)))
        .isEqualTo("Muon, flat 0.5, linear");
    assertThat(RecipeWords.difference(ADAMW, List.of(MUON, ADAMW, MUON)))
        .isEqualTo("AdamW, flat 0, cosine");
  }

  @Test
  void aFirstWordThatTwoShareIsNotEnough() {
    String slower = MUON.replace("rate 0.02", "rate 0.01");
    String other = MUON.replace("0.95", "0.9");
    assertThat(RecipeWords.difference(slower, List.of(MUON, slower))).isEqualTo("rate 0.01");
    assertThat(RecipeWords.difference(other, List.of(MUON, other)))
        .isEqualTo("Muon (momentum 0.9, scale 0.1)");
  }

  @Test
  void aRecipeAloneNeedsNoWord() {
    assertThat(RecipeWords.difference(MUON, List.of(MUON, MUON))).isEmpty();
  }

  @Test
  void recipesOfOtherShapeAreToldApart() {
    assertThat(RecipeWords.difference("made up", List.of("made up", MUON))).isEqualTo("made");
    assertThat(RecipeWords.difference("a; b", List.of("a", "a; b"))).isEqualTo("b");
  }
}
