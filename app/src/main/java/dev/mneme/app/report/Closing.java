package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.experiment.CapacityReport;
import dev.mneme.experiment.CapacityReport.SizePoint;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How the demo ends: what was measured, what it means, where to look next. Every sentence depends
/// on what was found.
public final class Closing {
  private Closing() {}

  /// Writes the end of the demo.
  ///
  /// @param folder where everything was written
  /// @param pictureDrawn whether `curve.png` is there
  /// @param reportWritten whether `report.html` is there
  public static void write(
      Outcome outcome, String folder, boolean pictureDrawn, boolean reportWritten, Page page) {
    List<CapacityReport> found =
        outcome.study().reports().stream().filter(report -> report.peak().isPresent()).toList();
    if (found.isEmpty()) {
      page.heading("Nothing was measured");
      page.sentences(2, "No trial finished. The reasons stand in " + folder + ".");
      return;
    }
    DoubleSummaryStatistics figures =
        found.stream()
            .mapToDouble(report -> report.peak().orElseThrow().bitsPerParameter().mean())
            .summaryStatistics();
    String range =
        Numbers.decimals(figures.getMin(), 2).equals(Numbers.decimals(figures.getMax(), 2))
            ? Numbers.decimals(figures.getMin(), 2)
            : Numbers.decimals(figures.getMin(), 2)
                + " to "
                + Numbers.decimals(figures.getMax(), 2);

    page.heading("What was measured");
    page.sentences(
        2,
        "How many bits of random tokens "
            + Numbers.plural(found.size(), "small GPT")
            + " can memorize. Nothing can be learned from random tokens but the tokens themselves,"
            + " so every bit saved on them is memory. At their best these models kept "
            + range
            + " bits per parameter: a lower bound at this training budget of "
            + Numbers.seconds(outcome.seconds())
            + ".");
    if (!outcome.controlsPassed()) {
      page.sentences(
          2,
          "Not every control passed, so do not rely on these figures: the section on controls says"
              + " which and why.");
    }
    page.heading("What it means");
    if (outcome.plateausSeen()) {
      page.sentences(
          2,
          "The smallest data sets tried kept "
              + range(found, Closing::smallestShare, "%.1f%%")
              + " of their ceilings. From the peak to the largest data set tried, the memorized"
              + " bits changed by "
              + range(found, Closing::changeBeyondPeak, "%+.1f%%")
              + ".");
    } else {
      page.sentences(
          2,
          "The curve did not clearly level off within the sizes tried, so these figures are what"
              + " was stored, not what can be stored.");
    }
    page.sentences(
        2,
        "The paper trained far longer, with other shapes, and reports "
            + Numbers.decimals(PaperFigures.MEAN_FP32, 2)
            + " bits per parameter on average in fp32: do not read the difference as a"
            + " contradiction.");
    page.heading("Where to look next");
    if (reportWritten) {
      page.line("  " + folder + "/report.html    everything on one page, for a browser");
    }
    if (pictureDrawn) {
      page.line("  " + folder + "/curve.png      the curve as a picture");
    }
    page.line(
        "  "
            + folder
            + "/summary.txt    this text; trials.jsonl and curves.csv beside it have every figure");
    page.line("  mneme capacity --model 1x32 --time 30m   one of the paper's shapes, thoroughly");
    page.line("  docs/method.md                           what is computed, and its limits");
  }

  /// Net bits over ceiling, at the smallest size.
  private static double smallestShare(CapacityReport report) {
    SizePoint smallest = report.points().getFirst();
    double ceiling =
        smallest.trials().stream()
            .mapToDouble(trial -> trial.ceiling().value())
            .average()
            .orElseThrow();
    return smallest.net().mean() / ceiling;
  }

  /// Relative change of the net bits from the peak to the largest size.
  private static double changeBeyondPeak(CapacityReport report) {
    double peak = report.peak().orElseThrow().capacity().mean();
    return report.points().getLast().net().mean() / peak - 1;
  }

  private static String range(
      List<CapacityReport> reports, ToDoubleFunction<CapacityReport> share, String format) {
    DoubleSummaryStatistics shares = reports.stream().mapToDouble(share).summaryStatistics();
    String low = String.format(Locale.ROOT, format, 100 * shares.getMin());
    String high = String.format(Locale.ROOT, format, 100 * shares.getMax());
    return low.equals(high) ? low : low + " to " + high;
  }
}
