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

class WorkSectionTest {
  private static final String MUON = "Muon; rate 0.02; linear";

  private static StoreContents store(List<MeasuredTrial> trials) {
    StoreContents madeUp = MadeUpStores.of("store", List.of(8), 1);
    return new StoreContents(
        "store", trials, madeUp.curve(), madeUp.cost(), madeUp.scores(), 0, 0, 0, new TreeMap<>());
  }

  private static MeasuredTrial with(MeasuredTrial trial, String recipe, long steps, double share) {
    return new MeasuredTrial(
        trial.model(),
        trial.precision(),
        recipe,
        steps,
        trial.sequences(),
        trial.seed(),
        trial.net().times(share),
        trial.ceiling());
  }

  /// Two recipes of one model: one with two lengths and three seeds, the other with one of each.
  private static StoreContents twoRecipes() {
    List<MeasuredTrial> trials = new ArrayList<>();
    for (MeasuredTrial trial : MadeUpStores.of("store", List.of(8), 3).finished()) {
      trials.add(with(trial, MUON, 1000, 1));
      trials.add(with(trial, MUON, 500, 0.9));
      if (trial.seed() == 1) {
        trials.add(with(trial, "AdamW; rate 0.02; linear", 1000, 0.8));
      }
    }
    return store(trials);
  }

  @Test
  void recipesAndLengthsStandOverTheirOperations() {
    StoreContents store = twoRecipes();
    Section section = WorkSection.of(store).orElseThrow();
    assertThat(section.blocks()).hasSize(3);

    Chart learning = (Chart) section.blocks().get(0);
    assertThat(learning.series())
        .extracting(Chart.Series::name)
        .containsExactly("1×8, AdamW", "1×8, Muon");

    Chart work = (Chart) section.blocks().get(1);
    assertThat(work.series())
        .extracting(Chart.Series::role)
        .containsExactly(Chart.Role.POINTS, Chart.Role.LINE);
    List<Chart.Point> muon = work.series().getLast().points();
    assertThat(muon).hasSize(2);
    double operations = MadeUpStores.cost(store.finished().getFirst()).operations();
    assertThat(muon.get(1).x()).isCloseTo(operations, within(1e-6 * operations));
    assertThat(muon.get(0).x()).isCloseTo(operations / 2, within(1e-6 * operations));
    assertThat(muon.get(0).y()).isCloseTo(0.9 * muon.get(1).y(), within(1e-9));
    assertThat(muon).allMatch(point -> point.bounds().isPresent());
    assertThat(work.series().getFirst().points())
        .hasSize(1)
        .allMatch(point -> point.bounds().isEmpty());

    Grid table = (Grid) section.blocks().get(2);
    assertThat(table.rows()).hasSize(3);
    assertThat(table.rows().getLast()).startsWith("1×8, Muon", "1,000").contains("3");
    assertThat(table.rows().getFirst()).startsWith("1×8, AdamW", "1,000").contains("1");
  }

  @Test
  void sizesAreNotMixedInOneLine() {
    MeasuredTrial trial = MadeUpStores.of("store", List.of(8), 1).finished().getFirst();
    MeasuredTrial larger =
        new MeasuredTrial(
            trial.model(),
            trial.precision(),
            MUON,
            1000,
            2 * trial.sequences(),
            trial.seed(),
            trial.net().times(1.5),
            trial.ceiling().times(2));
    Section section =
        WorkSection.of(
                store(List.of(larger, with(trial, MUON, 1000, 1), with(trial, MUON, 500, 0.9))))
            .orElseThrow();
    Chart work = (Chart) section.blocks().get(1);
    assertThat(work.series())
        .extracting(Chart.Series::name)
        .containsExactly("1×8 N " + larger.sequences(), "1×8 N " + trial.sequences());
    assertThat(work.series().getFirst().points()).hasSize(1);
    assertThat(work.series().getLast().points()).hasSize(2);
  }

  @Test
  void oneRecipeAndOneLengthHaveNothingToCompare() {
    Section section = WorkSection.of(MadeUpStores.of("store", List.of(8, 16), 2)).orElseThrow();
    assertThat(section.blocks()).hasSize(1);
    assertThat(((Chart) section.blocks().getFirst()).series())
        .extracting(Chart.Series::name)
        .containsExactly("1×8", "1×16");
  }

  @Test
  void ofManyRecipesTheBestAreShown() {
    MeasuredTrial trial = MadeUpStores.of("store", List.of(8), 1).finished().getFirst();
    List<MeasuredTrial> trials = new ArrayList<>();
    for (int i = 1; i <= 15; i++) {
      trials.add(with(trial, "rate 0." + (10 + i), 1000, 0.1 * i));
    }
    Section section = WorkSection.of(store(trials)).orElseThrow();
    assertThat(section.lead()).contains("The 12 models and recipes", "of 15");
    assertThat(((Chart) section.blocks().get(1)).series())
        .hasSize(12)
        .extracting(Chart.Series::name)
        .contains("1×8, rate 0.25", "1×8, rate 0.14")
        .doesNotContain("1×8, rate 0.13");
    assertThat(((Grid) section.blocks().get(2)).rows()).hasSize(12);
  }
}
