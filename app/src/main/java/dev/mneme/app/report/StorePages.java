package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.store.StoredExperiment;
import dev.mneme.store.TrialRow;
import java.util.List;

/// What a store holds, for a reader.
public final class StorePages {
  private static final int SHORT_ID = 10;

  private StorePages() {}

  /// Trials, one a line.
  ///
  /// @param limit how many were asked for at most
  public static void writeTrials(List<TrialRow> rows, long limit, Page page) {
    if (rows.isEmpty()) {
      page.line("No trials");
      return;
    }
    Table table =
        new Table(
            4,
            "id",
            "status",
            "experiment",
            "model",
            "V",
            "S",
            "N",
            "seed",
            "steps",
            "rate",
            "bits/param",
            "memorized",
            "of ceiling",
            "time");
    for (TrialRow row : rows) {
      table.row(
          row.id().substring(0, Math.min(SHORT_ID, row.id().length())),
          status(row, page),
          experiments(row.experiments()),
          row.layers() + "×" + row.width(),
          Numbers.count(row.vocabularySize()),
          Numbers.count(row.contextLength()),
          Numbers.count(row.sequences()),
          String.valueOf(row.seed()),
          Numbers.count(row.steps()),
          Numbers.plain(row.learningRate()),
          row.bitsPerParameter().map(bits -> Numbers.decimals(bits.value(), 3)).orElse("–"),
          row.net().map(Numbers::bits).orElse("–"),
          row.shareOfCeiling().isPresent()
              ? Numbers.percent(row.shareOfCeiling().getAsDouble())
              : "–",
          Numbers.seconds(row.seconds()));
    }
    table.printTo(page);
    if (rows.size() == limit) {
      page.line(page.style(Style.FAINT, "There may be more: --limit N shows them."));
    }
  }

  private static String status(TrialRow row, Page page) {
    return switch (row.status()) {
      case FINISHED -> page.style(Style.GREEN, "finished");
      case DIVERGED -> page.style(Style.YELLOW, "diverged");
      case FAILED -> page.style(Style.RED, "failed");
    };
  }

  private static String experiments(List<String> names) {
    return switch (names.size()) {
      case 0 -> "–";
      case 1 -> names.getFirst();
      default -> names.getFirst() + " +" + (names.size() - 1);
    };
  }

  /// Experiments and how far they are.
  public static void writeExperiments(List<StoredExperiment> experiments, Page page) {
    if (experiments.isEmpty()) {
      page.line("No experiments");
      return;
    }
    Table table =
        new Table(2, "experiment", "kind", "trials", "finished", "diverged", "failed", "left");
    for (StoredExperiment one : experiments) {
      table.row(
          one.experiment().name(),
          one.experiment().kind(),
          Numbers.count(one.trials()),
          Numbers.count(one.finished()),
          Numbers.count(one.diverged()),
          Numbers.count(one.failed()),
          Numbers.count(one.trials() - one.finished() - one.diverged() - one.failed()));
    }
    table.printTo(page);
  }
}
