package dev.mneme.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.output.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalPlotTest {
  @Test
  void everyModelHasALineAndALegend() {
    Page page = new Page(false, false, 90);
    TerminalPlot.print(CurvePictureTest.CURVES, page);
    assertThat(page.text())
        .contains("a 1x16", "b 1x32", "c 2x32", "everything memorized", "data set size");
    assertThat(page.text().lines().filter(line -> line.contains("|")))
        .hasSize(14)
        .anyMatch(line -> line.contains("cc"));
    assertThat(page.text()).doesNotContain("?");
    assertThat(page.text().lines()).allMatch(line -> line.length() <= 90);
  }

  @Test
  void thePlateauIsFlat() {
    Page page = new Page(false, false, 90);
    TerminalPlot.print(List.of(CurvePictureTest.CURVES.getFirst()), page);
    // the topmost line with the model's letter is long: several sizes lie on the plateau
    String top =
        page.text()
            .lines()
            .filter(line -> line.contains("|") && line.contains("a"))
            .findFirst()
            .orElseThrow();
    assertThat(top.chars().filter(letter -> letter == 'a').count()).isGreaterThan(10);
  }

  @Test
  void nothingToShowShowsNothing() {
    Page page = new Page(false, true, 90);
    TerminalPlot.print(List.of(), page);
    assertThat(page.text()).isEmpty();
  }
}
