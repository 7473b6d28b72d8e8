package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.law.RemainingGainCheck;
import java.util.Locale;

/// Extrapolated gains beside measured ones, as a person reads them.
public final class ConvergencePage {
  private ConvergencePage() {}

  /// Writes one row for each prediction.
  public static void write(RemainingGainCheck check, Page page) {
    page.line(page.style(Style.BOLD, "What ten times the steps add: predicted and measured"));
    page.line("");
    Table table =
        new Table(
            1,
            "model",
            "V",
            "S",
            "N",
            "steps",
            "lengths",
            "seeds",
            "predicted (95%)",
            "measured",
            "held");
    long held = 0;
    for (RemainingGainCheck.Row row : check.rows()) {
      held += row.held() ? 1 : 0;
      table.row(
          Summary.name(row.model()),
          Numbers.count(row.model().vocabularySize()),
          Numbers.count(row.model().contextLength()),
          Numbers.count(row.sequences()),
          Numbers.count(row.steps()),
          Numbers.count(row.lengths()),
          Numbers.count(row.seeds()),
          String.format(
              Locale.ROOT,
              "%+.1f%% (%.1f to %.1f)",
              100 * row.predicted().share(),
              100 * row.predicted().low(),
              100 * row.predicted().high()),
          String.format(Locale.ROOT, "%+.1f%%", 100 * row.measured()),
          row.held() ? "yes" : page.style(Style.YELLOW, "no"));
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
}
