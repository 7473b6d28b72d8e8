package dev.mneme.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void textThatFitsStays() {
    assertThat(Columns.fit("ten ä  chars", 11)).isEqualTo("ten ä chars");
  }

  @Test
  void textThatDoesNotFitEndsInAnEllipsis() {
    assertThat(Columns.fit("abcdefghij", 8)).isEqualTo("abcde…");
  }

  @Test
  void wideCharactersCountTwiceAndMarksAreBounded() {
    assertThat(Columns.fit("漢字漢字漢字", 9)).isEqualTo("漢字漢…");
    assertThat(Columns.fit("a" + "\u0301".repeat(1_000), 10)).hasSizeLessThan(25).endsWith("…");
  }

  @Test
  void longTextIsCutBeforeItIsCleaned() {
    assertThat(Columns.fit(" ".repeat(100_000) + "a", 20)).isEqualTo("…");
  }
}
