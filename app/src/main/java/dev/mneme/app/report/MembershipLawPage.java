package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.law.Estimate;
import dev.mneme.law.MembershipAnalysis;
import dev.mneme.law.MembershipComparison;
import dev.mneme.law.MembershipFit;
import dev.mneme.law.MembershipLaw;
import dev.mneme.law.Prediction;
import dev.mneme.measure.Interval;
import java.util.Locale;

/// The membership law as a person reads it.
public final class MembershipLawPage {
  /// Rows beyond these are left to JSON.
  private static final int MOST_ROWS = 60;

  private MembershipLawPage() {}

  /// Writes constants, held-out observations and what to bear in mind.
  public static void write(MembershipAnalysis analysis, Page page) {
    MembershipFit fit = analysis.fit();
    MembershipLaw published = analysis.published().predictor().law();
    page.line(
        page.style(Style.BOLD, "Membership law: F1 = ½ (1 + c1 σ(c2 (z + c3)))")
            + page.style(
                Style.FAINT,
                "  z: data bits per parameter · "
                    + Numbers.plural(analysis.observations().size(), "observation")));
    page.heading("Constants");
    Table table = new Table(1, "", "fitted", "95% interval", "published");
    constant(table, "c1", fit.c1(), published.c1());
    constant(table, "c2", fit.c2(), published.c2());
    constant(table, "c3", fit.c3(), published.c3());
    table.printTo(page);
    page.sentences(
        2,
        "Bootstrap over observations. The constants depend on each other: wide intervals of each go"
            + " with a narrow band of the curve. Observations scatter around the curve by "
            + Numbers.decimals(fit.residualDeviation(), 3)
            + ".");
    if (fit.exponential()) {
      page.sentences(
          2,
          "F1 falls like an exponential, which the law becomes as c1 grows without end: c1 stands"
              + " at the bound of the search and c3 goes with it. Only c2, the fall per data bit"
              + " per parameter, and the curve have a meaning here.");
    } else if (fit.atBounds() > 0) {
      page.sentences(
          2,
          Numbers.count(fit.atBounds())
              + " of "
              + Numbers.count(fit.resampled().size())
              + " resampled fits ran into the bounds of the search: the observations hardly"
              + " determine the constants, and the intervals end at those bounds.");
    }
    page.heading("Held out: the most data bits per parameter, predicted from the others");
    analysis
        .heldOut()
        .ifPresentOrElse(
            comparison -> heldOut(comparison, page),
            () -> page.sentences(2, analysis.notHeldOut()));
    page.heading("Published constants on these observations");
    errors(analysis.published(), page);
    page.heading("Bear in mind");
    Prediction.CAVEATS.forEach(caveat -> page.sentences(2, caveat));
  }

  private static void constant(Table table, String name, Interval fitted, double published) {
    table.row(
        name,
        figure(fitted.mean()),
        figure(fitted.low()) + " to " + figure(fitted.high()),
        Numbers.plain(published));
  }

  /// Three digits, whatever the size.
  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static void heldOut(MembershipComparison comparison, Page page) {
    Table table =
        new Table(1, "parameters", "z", "predicted F1", "95% of the curve", "observed", "off by");
    comparison.rows().stream()
        .limit(MOST_ROWS)
        .forEach(row -> {
          Estimate<Double> predicted = row.predicted();
          table.row(
              Numbers.count(row.observation().parameters()),
              Numbers.decimals(row.observation().dataBitsPerParameter(), 2),
              Numbers.decimals(predicted.value(), 3),
              Numbers.decimals(predicted.low(), 3) + "–" + Numbers.decimals(predicted.high(), 3),
              Numbers.decimals(row.observation().f1(), 3),
              String.format(Locale.ROOT, "%+.3f", row.error()));
        });
    table.printTo(page);
    if (comparison.rows().size() > MOST_ROWS) {
      page.line("  … and more: --json has all of them");
    }
    errors(comparison, page);
  }

  private static void errors(MembershipComparison comparison, Page page) {
    page.line(
        "  largest error "
            + Numbers.decimals(comparison.largestError(), 3)
            + ", root mean square "
            + Numbers.decimals(comparison.rootMeanSquareError(), 3));
  }
}
