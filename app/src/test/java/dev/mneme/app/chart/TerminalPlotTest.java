package dev.mneme.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

  private static TerminalFigure figure(int lines, boolean logarithmic) {
    return new TerminalFigure(
        new TerminalFigure.Axis("sequences", true, Numbers::brief),
        new TerminalFigure.Axis("memorized", logarithmic, Numbers::bits),
        IntStream.range(0, lines)
            .mapToObj(line ->
                new TerminalFigure.Line(
                    "a model with a name, number " + line,
                    List.of(
                        new TerminalFigure.Point(100, -5000),
                        new TerminalFigure.Point(1000, 100 + 1000 * line),
                        new TerminalFigure.Point(10_000, 20_000 + 1000 * line))))
            .toList(),
        Optional.empty());
  }

  @Test
  void aLinearAxisShowsWhatIsBelowZeroAndALogarithmicOneLeavesItOut() {
    Page linear = new Page(false, false, 80);
    TerminalPlot.print(figure(1, false), linear);
    List<String> rows = linear.text().lines().filter(line -> line.contains("|")).toList();
    assertThat(rows.getLast()).contains("-4.").contains("a");
    assertThat(linear.text()).contains("95", "10.5k", "sequences").doesNotContain("everything");
    Page logarithmic = new Page(false, false, 80);
    TerminalPlot.print(figure(1, true), logarithmic);
    assertThat(logarithmic.text()).contains("977").doesNotContain("-4.", "95 ");
    Page nothing = new Page(false, false, 80);
    TerminalPlot.print(figure(0, true), nothing);
    assertThat(nothing.text()).isEmpty();
  }

  @Test
  void ofManyLinesSomeAreShownWithinTheWidth() {
    for (boolean unicode : new boolean[] {true, false}) {
      Page page = new Page(true, unicode, 60);
      TerminalPlot.print(figure(30, true), page);
      String plain = page.text().replaceAll("\u001b\\[[0-9;]*m", "");
      assertThat(plain.lines()).allMatch(line -> line.length() <= 60);
      assertThat(plain)
          .contains("number 0", "number 29", "and 22 more")
          .doesNotContain("number 1 ");
    }
  }
}
