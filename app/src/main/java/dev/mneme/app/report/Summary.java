package dev.mneme.app.report;

import dev.mneme.app.chart.Curve;
import dev.mneme.app.chart.TerminalPlot;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.Calibration;
import dev.mneme.experiment.CapacityReport;
import dev.mneme.experiment.CapacityReport.SizePoint;
import dev.mneme.experiment.Cost;
import dev.mneme.experiment.TrialResult;
import dev.mneme.measure.CapacityLine;
import dev.mneme.measure.Control;
import dev.mneme.measure.ControlReport;
import dev.mneme.measure.RemainingGain;
import dev.mneme.model.GptConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a run found, for a person.
public final class Summary {
  private final Outcome outcome;
  private final Page page;

  private Summary(Outcome outcome, Page page) {
    this.outcome = outcome;
    this.page = page;
  }

  /// Writes everything onto a page.
  public static void write(Outcome outcome, Page page) {
    new Summary(outcome, page).write();
  }

  /// A model in a few characters, such as `1×32`.
  public static String name(GptConfig model) {
    return model.layers() + "×" + model.width();
  }

  /// An engine in a few words, such as `vector fp32, 256-bit`.
  public static String name(EngineIdentity engine) {
    return engine.name() + " " + engine.precision() + ", " + engine.vectorBits() + "-bit";
  }

  private List<CapacityReport> reports() {
    return outcome.study().reports();
  }

  private void write() {
    page.line(
        page.style(Style.BOLD, "Mneme " + outcome.command())
            + page.style(
                Style.FAINT,
                "  engine "
                    + name(outcome.engine())
                    + " · seed "
                    + outcome.settings().seed()
                    + " · "
                    + Numbers.plural(outcome.settings().threads(), "thread")));
    curve();
    sizes();
    capacities();
    verdicts();
    line();
    controls();
    compute();
  }

  private void curve() {
    List<Curve> curves = reports().stream().map(Curve::of).toList();
    if (curves.stream().allMatch(curve -> curve.points().isEmpty())) {
      page.heading("No trial finished, so there is no curve.");
      return;
    }
    page.heading("Memorized bits against data set size");
    page.line("");
    TerminalPlot.print(curves, page);
  }

  private void sizes() {
    Table table =
        new Table(
            1,
            "model",
            "N",
            "data set",
            "memorized",
            "of ceiling",
            "bits/param",
            "noise floor",
            "net on fresh",
            "rate",
            "seeds");
    boolean any = false;
    for (CapacityReport report : reports()) {
      long parameters = report.model().parameterCount().total();
      for (SizePoint point : report.points()) {
        any = true;
        boolean peak =
            report.peak().isPresent() && report.peak().get().sequences() == point.sequences();
        table.row(
            name(report.model()) + (peak ? " •" : ""),
            Numbers.count(point.sequences()),
            Numbers.bits(mean(point, trial -> trial.training().entropy().value())),
            Numbers.bits(point.net().mean()),
            Numbers.percent(point.net().mean() / mean(point, trial -> trial.ceiling().value())),
            Numbers.plusMinus(point.net().dividedBy(parameters)),
            Numbers.bits(mean(point, trial -> trial.fresh().clipped().value())),
            Numbers.bits(mean(point, trial -> trial.fresh().net().value())),
            Numbers.plain(point.learningRate()),
            String.valueOf(point.trials().size()));
      }
    }
    if (any) {
      page.line("");
      table.printTo(page);
      page.line(
          page.style(
              Style.FAINT,
              "  • peak   ceiling: what a perfect memorizer of an unordered set saves   noise"
                  + " floor: clipped sum on fresh data"));
    }
  }

  private static double mean(SizePoint point, ToDoubleFunction<TrialResult.Finished> figure) {
    return point.trials().stream().mapToDouble(figure).average().orElse(0);
  }

  private void capacities() {
    page.heading("Capacity, a lower bound at this training budget");
    boolean paper =
        reports().stream()
            .anyMatch(report -> PaperFigures.bitsPerParameter(report.model()).isPresent());
    List<String> header =
        new ArrayList<>(
            List.of("model", "parameters", "without emb.", "capacity", "bits per parameter (95%)"));
    if (paper) {
      header.add("paper, fp32");
    }
    header.addAll(List.of("plateau", "last doubling of steps", "ten times would add"));
    Table table = new Table(1, header.toArray(String[]::new));
    for (CapacityReport report : reports()) {
      GptConfig model = report.model();
      List<String> row = new ArrayList<>();
      row.add(name(model));
      row.add(Numbers.count(model.parameterCount().total()));
      row.add(Numbers.count(model.parameterCount().withoutEmbeddings()));
      row.add(report.peak().map(peak -> Numbers.bits(peak.capacity().mean())).orElse("none"));
      row.add(
          report
              .peak()
              .map(peak -> page.style(Style.BOLD, Numbers.plusMinus(peak.bitsPerParameter())))
              .orElse("none"));
      if (paper) {
        row.add(
            PaperFigures.bitsPerParameter(model).stream()
                .mapToObj(figure -> Numbers.decimals(figure, 2))
                .findFirst()
                .orElse(""));
      }
      row.add(mark(report.plateau().enclosed(), report.plateau().enclosed() ? "seen" : "not seen"));
      row.add(
          Double.isFinite(report.convergence().growth())
              ? mark(
                  report.convergence().converged(),
                  String.format(Locale.ROOT, "%+.1f%%", 100 * report.convergence().growth()))
              : "not measured");
      row.add(report.convergence().remaining().map(Summary::remaining).orElse("not known"));
      table.row(row.toArray(String[]::new));
    }
    table.printTo(page);
  }

  /// Such as `+1.2% (0 to 4)`.
  private static String remaining(RemainingGain gain) {
    return String.format(
        Locale.ROOT,
        "%+.0f%% (%.0f to %.0f)",
        100 * gain.share(),
        100 * gain.low(),
        100 * gain.high());
  }

  private String mark(boolean good, String text) {
    return page.style(good ? Style.GREEN : Style.YELLOW, text);
  }

  private void verdicts() {
    page.line("");
    for (int i = 0; i < reports().size(); i++) {
      CapacityReport report = reports().get(i);
      Optional<String> objection = outcome.objection(i);
      String model = page.style(Style.BOLD, name(report.model()));
      if (report.reached() && objection.isPresent()) {
        page.line(
            "  "
                + model
                + "  "
                + page.style(Style.RED, "capacity not claimed: " + objection.get())
                + ".");
      } else if (report.reached()) {
        page.line(
            "  "
                + model
                + "  "
                + page.style(Style.GREEN, "capacity reached")
                + " at N "
                + Numbers.count(report.peak().map(CapacityReport.Peak::sequences).orElse(0))
                + ".");
      } else {
        page.line(
            "  "
                + model
                + "  "
                + page.style(Style.YELLOW, "capacity not reached")
                + "; the largest value seen is "
                + Numbers.bits(report.largest())
                + ", "
                + Numbers.decimals(
                    report.largest().per(report.model().parameterCount().total()).value(), 2)
                + " bits per parameter.");
        page.sentences(
            4, "The search ended: " + report.stopReason().replaceFirst("\\.$", "") + ".");
      }
      page.sentences(4, "Plateau: " + report.plateau().explanation());
      page.sentences(4, "Convergence: " + report.convergence().explanation());
      for (TrialResult failure : report.failures()) {
        page.sentences(4, failure(failure));
      }
    }
  }

  private static String failure(TrialResult result) {
    String trial =
        "N "
            + Numbers.count(result.specification().sequences())
            + ", seed "
            + result.specification().seed()
            + ", learning rate "
            + Numbers.plain(result.specification().plan().schedule().peak())
            + ": ";
    return switch (result) {
      case TrialResult.Diverged diverged ->
          "One trial diverged ("
              + trial
              + "step "
              + Numbers.count(diverged.step())
              + ", "
              + diverged.reason()
              + ").";
      case TrialResult.Failed failed -> "One trial failed (" + trial + failed.reason() + ").";
      case TrialResult.Finished finished ->
          trial + "finished in " + Numbers.seconds(finished.provenance().seconds());
    };
  }

  private void line() {
    Optional<CapacityLine.ThroughOrigin> line = outcome.line();
    if (line.isEmpty()) {
      return;
    }
    page.heading("Capacity against parameters");
    page.line(
        "  capacity = "
            + page.style(Style.BOLD, Numbers.plusMinus(line.get().slope()))
            + " bits × parameters   (least squares through the origin over "
            + Numbers.plural(line.get().residuals().size(), "model")
            + "; paper: 3.64 in half precision)");
  }

  private void controls() {
    page.heading("Controls");
    if (outcome.controls().isEmpty()) {
      page.line("  not made: the run was stopped before them");
      return;
    }
    for (int i = 0; i < outcome.controls().size(); i++) {
      if (outcome.controls().size() > 1) {
        page.line("  " + name(reports().get(i).model()));
      }
      writeControls(outcome.controls().get(i), page);
    }
  }

  /// The controls by number: one line where all trials passed, with the figures of the trial
  /// nearest to its limit; every figure of those that failed; the missing ones last.
  public static void writeControls(ControlReport report, Page page) {
    for (int number = 1; number <= ControlReport.CONTROLS; number++) {
      int wanted = number;
      List<Control> same =
          report.controls().stream().filter(control -> control.number() == wanted).toList();
      if (same.isEmpty()) {
        page.line("  " + page.style(Style.RED, "✗") + " " + number + "  not made");
        continue;
      }
      List<Control> failed = same.stream().filter(control -> !control.passed()).toList();
      boolean passed = failed.isEmpty();
      String trials =
          same.size() == 1
              ? ""
              : passed
                  ? "  all " + Numbers.plural(same.size(), "trial")
                  : "  "
                      + failed.size()
                      + " of "
                      + Numbers.plural(same.size(), "trial")
                      + " failed";
      page.line(
          "  "
              + page.style(passed ? Style.GREEN : Style.RED, passed ? "✓" : "✗")
              + " "
              + number
              + "  "
              + page.style(Style.BOLD, same.getFirst().name())
              + page.style(Style.FAINT, trials));
      for (Control control : passed ? List.of(nearest(same)) : failed) {
        page.sentences(7, control.figures());
      }
    }
  }

  private static Control nearest(List<Control> controls) {
    return controls.stream()
        .min(Comparator.comparingDouble(control -> Math.abs(control.limit() - control.value())))
        .orElseThrow();
  }

  private void compute() {
    page.heading("Compute");
    Cost whole = Cost.of(reports().stream().flatMap(report -> report.trials().stream()).toList());
    page.line(
        "  "
            + Numbers.plural(whole.trials(), "trial")
            + ": "
            + CostWords.of(whole)
            + ", "
            + Numbers.seconds(outcome.seconds())
            + " of wall time"
            + (outcome.seconds() > 0
                ? " (" + Numbers.brief(whole.tokens() / outcome.seconds()) + " tokens/s)"
                : ""));
    for (CapacityReport report : reports()) {
      if (!report.peakTrials().isEmpty()) {
        page.line(
            "  "
                + name(report.model())
                + "  one run at the peak took "
                + CostWords.of(Cost.of(report.peakTrials()).perTrial()));
      }
    }
    for (Calibration.Measured measured : outcome.calibration().models()) {
      page.line(
          "  "
              + name(measured.model())
              + "  the time given became "
              + Numbers.count(measured.steps())
              + " steps a trial, from "
              + Numbers.brief(measured.tokensPerSecond())
              + " tokens/s in each of its trials");
    }
  }
}
