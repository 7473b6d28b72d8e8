package dev.mneme.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void tablesLineUpInColourAndInAscii() {
    for (boolean unicode : new boolean[] {true, false}) {
      Page page = new Page(true, unicode, 80);
      new Table(1, "model", "bits")
          .row("1×8", page.style(Style.BOLD, "0.20 ± 0.19"))
          .row("1×16", "1.19")
          .printTo(page);
      String plain = page.text().replaceAll("\u001b\\[[0-9;]*m", "");
      assertThat(plain.lines().map(String::length).distinct()).hasSize(1);
      assertThat(plain)
          .contains(unicode ? "1×16" : "1x16")
          .endsWith("1.19" + System.lineSeparator());
    }
  }

  @Test
  void sentencesWrapAtTheWidth() {
    Page page = new Page(false, true, 40);
    page.sentences(4, "one two three four five six seven eight nine ten eleven twelve");
    assertThat(page.text().lines())
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.startsWith("    ") && line.length() <= 40);
  }

  @Test
  void coloursAreUsedOnlyWhereTheyAreWanted() {
    assertThat(ColorMode.auto.enabled(true, "")).isTrue();
    assertThat(ColorMode.auto.enabled(true, "1")).isFalse();
    assertThat(ColorMode.auto.enabled(false, "")).isFalse();
    assertThat(ColorMode.always.enabled(false, "1")).isTrue();
    assertThat(ColorMode.never.enabled(true, "")).isFalse();
    assertThat(new Page(false, true, 80).style(Style.RED, "text")).isEqualTo("text");
  }
}
