package dev.mneme.app.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Section;
import dev.mneme.law.MeasuredTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrecisionSectionTest {
  /// The made-up trials of widths 8 and 16, and those of width 8 again with 10% less in bf16.
  static StoreContents contents() {
    StoreContents fp32 = MadeUpStores.of("store", List.of(8, 16), 3);
    List<MeasuredTrial> trials = new ArrayList<>(fp32.finished());
    for (MeasuredTrial trial : fp32.finished()) {
      if (trial.model().width() == 8) {
        trials.add(
            new MeasuredTrial(
                trial.model(),
                "bf16",
                trial.recipe(),
                trial.steps(),
                trial.sequences(),
                trial.seed(),
                trial.net().times(0.9),
                trial.ceiling()));
      }
    }
    return new StoreContents(
        "store", trials, fp32.curve(), fp32.cost(), fp32.scores(), 0, 0, 0, new TreeMap<>());
  }

  @Test
  void oneShapeInTwoPrecisionsIsCompared() {
    Report report = StoreReport.of(contents());
    Section section =
        report.sections().stream()
            .filter(one -> one.id().equals("precision"))
            .findFirst()
            .orElseThrow();
    Chart chart = (Chart) section.blocks().getFirst();
    assertThat(chart.series()).hasSize(1);
    List<Chart.Point> points = chart.series().getFirst().points();
    assertThat(points.stream().map(Chart.Point::x)).containsExactly(16.0, 32.0);
    assertThat(points.get(0).y()).isCloseTo(0.9 * points.get(1).y(), within(1e-9));
    assertThat(points).allMatch(point -> point.bounds().isPresent());
    Grid table = (Grid) section.blocks().getLast();
    assertThat(table.rows()).hasSize(2);
    assertThat(table.rows().getFirst()).contains("1×8", "bf16", "90.0%", "3");
    assertThat(table.rows().getLast()).contains("fp32", "100.0%");
  }

  @Test
  void onePrecisionIsNoComparison() {
    assertThat(
            StoreReport.of(MadeUpStores.of("store", List.of(8, 16), 3)).sections().stream()
                .map(Section::id))
        .contains("memorized")
        .doesNotContain("precision");
  }
}
