package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.law.RemainingGainCheck;
import dev.mneme.measure.RemainingGain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Extrapolated gains, and measured ones beside them, as a person reads them.
public final class ConvergencePage {
  private ConvergencePage() {}

  /// Writes one row for each prediction, first those that can be checked.
  public static void write(RemainingGainCheck check, Page page) {
    if (!check.rows().isEmpty()) {
      checked(check, page);
    }
    if (!check.forecasts().isEmpty()) {
      if (!check.rows().isEmpty()) {
        page.line("");
      }
      forecasts(check, page);
    }
  }

  private static void forecasts(RemainingGainCheck check, Page page) {
    page.line(page.style(Style.BOLD, "What ten times the longest runs would add"));
    page.line("");
    Table table = table("gain (95%)", "bits/param", "would be (95%)");
    List<RemainingGainCheck.Prediction> all = check.forecasts();
    for (RemainingGainCheck.Prediction one : all) {
      table.row(
          row(
              all,
              one,
              Numbers.decimals(one.perParameter(0), 2),
              Numbers.decimals(one.perParameter(one.gain().share()), 2)
                  + " ("
                  + Numbers.decimals(one.perParameter(one.gain().low()), 2)
                  + " to "
                  + Numbers.decimals(one.perParameter(one.gain().high()), 2)
                  + ")"));
    }
    table.printTo(page);
    page.line("");
    page.sentences(
        0,
        "Nothing that long was run, so these are not checked. How the runs were trained and the"
            + " single figures are in --json.");
  }

  private static void checked(RemainingGainCheck check, Page page) {
    page.line(page.style(Style.BOLD, "What ten times the steps add: predicted and measured"));
    page.line("");
    Table table = table("predicted (95%)", "measured", "held");
    List<RemainingGainCheck.Prediction> all =
        check.rows().stream().map(RemainingGainCheck.Row::predicted).toList();
    long held = 0;
    for (RemainingGainCheck.Row row : check.rows()) {
      held += row.held() ? 1 : 0;
      table.row(
          row(
              all,
              row.predicted(),
              String.format(Locale.ROOT, "%+.1f%%", 100 * row.measured()),
              row.held() ? "yes" : page.style(Style.YELLOW, "no")));
    }
    table.printTo(page);
    page.line("");
    page.sentences(
        0,
        held
            + " of "
            + Numbers.plural(check.rows().size(), "interval")
            + " held what was measured ("
            + String.format(Locale.ROOT, "%.0f%%", 100 * check.coverage())
            + "; 95% would be right). Rows of one model and size share trials, so they are not"
            + " independent.");
  }

  private static Table table(String... further) {
    List<String> names =
        new ArrayList<>(List.of("model", "V", "S", "N", "steps", "lengths", "seeds"));
    names.addAll(List.of(further));
    return new Table(1, names.toArray(String[]::new));
  }

  /// What every prediction has, its gain, and what is said beside it.
  private static String[] row(
      List<RemainingGainCheck.Prediction> all,
      RemainingGainCheck.Prediction one,
      String... further) {
    List<String> name = new ArrayList<>(List.of(Summary.name(one.model())));
    if (all.stream().map(RemainingGainCheck.Prediction::precision).distinct().count() > 1) {
      name.add(one.precision());
    }
    List<String> recipes = all.stream().map(RemainingGainCheck.Prediction::recipe).toList();
    String difference = RecipeWords.difference(one.recipe(), recipes);
    if (!difference.isEmpty()) {
      name.add(difference);
    }
    List<String> cells =
        new ArrayList<>(
            List.of(
                String.join(", ", name),
                Numbers.count(one.model().vocabularySize()),
                Numbers.count(one.model().contextLength()),
                Numbers.count(one.sequences()),
                Numbers.count(one.steps()),
                Numbers.count(one.lengths()),
                Numbers.count(one.seeds()),
                gain(one.gain())));
    cells.addAll(List.of(further));
    return cells.toArray(String[]::new);
  }

  private static String gain(RemainingGain gain) {
    return String.format(
        Locale.ROOT,
        "%+.1f%% (%.1f to %.1f)",
        100 * gain.share(),
        100 * gain.low(),
        100 * gain.high());
  }
}
