package dev.mneme.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPagesTest {
  private static final List<Integer> SIZES = List.of(125, 250, 500, 1000);

  private static String page(TextReport report, String text, int columns) {
    Page page = new Page(false, true, columns);
    TextPages.write(report, sample -> text, page);
    assertThat(page.text()).doesNotContain("NaN").doesNotContain("Infinity");
    return page.text();
  }

  private static String page(TextReport report) {
    return page(report, "some words", 96);
  }

  @Test
  void showsEveryPartWithItsFigures() {
    TextReport report = MadeUpTextReports.of(List.of(16, 32), SIZES, List.of(1L));
    TextCell cell = report.models().getLast().cells().getFirst();
    String page = page(report).replaceAll("\\s+", " ");
    assertThat(page)
        .containsPattern("4×128 • +[0-9,]+ +4,000 +2\\.400 +2\\.500")
        .containsPattern("1×32, 21,472 parameters")
        .contains("1,000 control", "lower bound", "noise floor", "uniform code")
        .containsPattern(
            " 125 +%s ± .* kbit "
                .formatted(Numbers.decimals(cell.oracle().training().meanUnintended().mean(), 2)))
        .containsPattern(" 125 +4 +81\\.6% \\(73\\.7–88\\.0%\\) of 125 +3\\.0%")
        .contains("mink++", "blind •", "published law", "TPR at 1% FPR")
        .contains("1×32: a peak is expected at N 611")
        .contains("memorizing at the cost of generalization")
        .contains("some words");
  }

  @Test
  void warningsStandOnce() {
    String page =
        page(MadeUpTextReports.of(List.of(16, 32), SIZES, List.of(1L))).replaceAll("\\s+", " ");
    assertThat(page.split("rests on 2 non-members", -1)).hasSize(2);
    assertThat(page.split("members and non-members differ in their words", -1)).hasSize(2);
  }

  @Test
  void severalSeedsAreOneRow() {
    String page = page(MadeUpTextReports.of(List.of(16), SIZES, List.of(1L, 2L, 3L)));
    assertThat(page).containsPattern("125 +0\\.57× +3 ");
    assertThat(page.split("control: here", -1)).hasSize(2);
  }

  @Test
  void hostileTextIsCleanedAndCut() {
    String hostile = "\u001b[2J\u0007a\nb\tc\u202Ed\u2028e\uD800f" + "x".repeat(5_000);
    for (int columns : new int[] {60, 96}) {
      String page = page(MadeUpTextReports.of(List.of(16), SIZES, List.of(1L)), hostile, columns);
      assertThat(page).doesNotContain("\u001b", "\u0007", "\u202E", "\u2028", "\uD800");
      assertThat(page).contains("[2J a b c d e f", "…");
      assertThat(page.lines().filter(line -> line.contains("[2J")))
          .hasSize(5)
          .allMatch(line -> line.length() <= columns);
    }
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() {
    String page = page(MadeUpTextReports.smallest());
    assertThat(page).contains("not judged: too few members").doesNotContain("Extraction:");
  }

  @Test
  void unfinishedTrialsAreCountedByReason() {
    String page = page(MadeUpTextReports.nothing());
    assertThat(page)
        .contains("No candidate for the oracle finished")
        .contains("3 trials did not finish")
        .contains("2 diverged: a loss was [31mNot finite (1×16 at N 12, seed 1 and 1 other).")
        .contains("1 failed: out of memory (2×64 at N 12, seed 99).");
  }
}
