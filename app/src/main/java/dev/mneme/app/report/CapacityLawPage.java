package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.law.Ablation;
import dev.mneme.law.AblationSeries;
import dev.mneme.law.CapacityAnalysis;
import dev.mneme.law.CapacityComparison;
import dev.mneme.law.CapacityLaw;
import dev.mneme.law.MeasuredCapacity;
import dev.mneme.law.MeasuredSize;
import dev.mneme.measure.Interval;
import dev.mneme.model.GptConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The capacity law as a person reads it.
public final class CapacityLawPage {
  private final CapacityAnalysis analysis;
  private final Page page;

  private CapacityLawPage(CapacityAnalysis analysis, Page page) {
    this.analysis = analysis;
    this.page = page;
  }

  /// Writes one part for each precision.
  ///
  /// @param diverged trials without a figure
  /// @param failed trials without a figure
  public static void write(List<CapacityAnalysis> analyses, long diverged, long failed, Page page) {
    page.line(page.style(Style.BOLD, "Capacity law: lower bounds at these training budgets"));
    for (CapacityAnalysis analysis : analyses) {
      new CapacityLawPage(analysis, page).write();
    }
    if (diverged + failed > 0) {
      page.line("");
      page.line(
          "Left out: "
              + Numbers.plural(diverged, "trial")
              + " that diverged and "
              + Numbers.plural(failed, "trial")
              + " that failed.");
    }
  }

  private void write() {
    page.heading("Capacities in " + analysis.precision());
    capacities();
    leftOut();
    analysis.law().ifPresentOrElse(this::line, this::noLine);
    analysis.heldOut().ifPresent(this::heldOut);
    analysis.ablations().forEach(this::ablation);
  }

  private void capacities() {
    Table table =
        new Table(
            1,
            "model",
            "V",
            "S",
            "parameters",
            "steps",
            "peak at N",
            "seeds",
            "capacity",
            "bits per parameter (95%)",
            "residual",
            "plateau",
            "last doubling of steps");
    int fitted = 0;
    for (MeasuredCapacity capacity : analysis.capacities()) {
      GptConfig model = capacity.model();
      Interval net = capacity.peak().net();
      String residual = "not fitted";
      if (analysis.fitted().contains(capacity)) {
        int index = fitted++;
        residual =
            analysis
                .law()
                .map(law -> signed(relativeResidual(law.models().get(index))))
                .orElse("–");
      }
      table.row(
          name(model),
          Numbers.count(model.vocabularySize()),
          Numbers.count(model.contextLength()),
          Numbers.count(capacity.parameters()),
          Numbers.count(capacity.steps()),
          Numbers.count(capacity.peak().sequences()),
          String.valueOf(capacity.peak().trials().size()),
          Numbers.bits(net.mean()),
          Numbers.plusMinus(net.dividedBy(capacity.parameters())),
          residual,
          plateau(capacity),
          capacity.convergence().measured()
              ? signed(capacity.convergence().growth())
              : "not stored");
    }
    table.printTo(page);
  }

  private static double relativeResidual(CapacityLaw.Model model) {
    double fitted = model.capacity().mean() - model.residual().value();
    return model.residual().value() / fitted;
  }

  private static String name(GptConfig model) {
    int usual =
        GptConfig.of(model.layers(), model.width(), model.vocabularySize(), model.contextLength())
            .heads();
    return Summary.name(model) + (model.heads() == usual ? "" : "×" + model.heads());
  }

  private String plateau(MeasuredCapacity capacity) {
    if (capacity.plateau().enclosed()) {
      return capacity.jamsBeyondPeak()
          ? page.style(Style.YELLOW, "seen, then jams")
          : page.style(Style.GREEN, "seen");
    }
    return page.style(
        Style.YELLOW, capacity.peakIsLargestSize() ? "no: peak at largest N" : "not enclosed");
  }

  private void leftOut() {
    int steps = analysis.capacities().stream().mapToInt(MeasuredCapacity::withFewerSteps).sum();
    int recipes = analysis.capacities().stream().mapToInt(MeasuredCapacity::withOtherRecipes).sum();
    List<String> reasons = new ArrayList<>();
    if (steps > 0) {
      reasons.add(Numbers.plural(steps, "trial") + " with fewer steps than others of their model");
    }
    if (recipes > 0) {
      reasons.add(
          Numbers.plural(recipes, "trial")
              + " trained in a way with fewer seeds, or less memorized, at its N");
    }
    if (!reasons.isEmpty()) {
      page.sentences(2, "Left out: " + String.join("; ", reasons) + ".");
    }
    for (MeasuredCapacity capacity : analysis.capacities()) {
      if (!capacity.plateau().enclosed()) {
        page.sentences(2, name(capacity.model()) + ": " + capacity.plateau().explanation());
      }
    }
    if (analysis.capacities().stream().anyMatch(MeasuredCapacity::jamsBeyondPeak)) {
      page.sentences(
          2,
          "jams: one of the next two larger data sets holds more than 5% less than the peak; other"
              + " learning rates may raise it, perhaps above the peak.");
    }
  }

  private void line(CapacityLaw law) {
    page.heading("Capacity against parameters");
    Interval slope = law.line().slope();
    page.line(
        "  capacity = "
            + page.style(Style.BOLD, Numbers.plusMinus(slope))
            + " bits × parameters   (least squares through the origin over "
            + Numbers.plural(law.models().size(), "model")
            + ")");
    page.line("  95% interval over models  " + bounds(slope) + ", for another shape");
    page.line(
        "  95% interval over seeds   "
            + law.overSeeds()
                .map(interval -> bounds(interval) + ", for the same models with other seeds")
                .orElse("none: a model has one seed only"));
    page.line("  mean over models          " + Numbers.plusMinus(law.meanOverModels()));
    page.line("  R² around 0               " + Numbers.decimals(law.line().rSquared(), 4));
    page.line(
        "  paper, 10⁶ steps          3.51 mean in bf16, 3.83 mean in fp32, 3.64 slope in half"
            + " precision");
  }

  private static String bounds(Interval interval) {
    return Numbers.decimals(interval.low(), 2) + " to " + Numbers.decimals(interval.high(), 2);
  }

  private void noLine() {
    page.line("");
    page.sentences(
        2,
        "No line: "
            + Numbers.plural(analysis.fitted().size(), "model")
            + " can be fitted, and 2 of different size are needed, with peaks that at least 1"
            + " smaller and 2 larger data sets enclose.");
  }

  private void heldOut(CapacityComparison comparison) {
    page.heading("Held out: the largest models, predicted from the others");
    Table table = new Table(1, "parameters", "predicted", "95% of the line", "measured", "off by");
    for (CapacityComparison.Row row : comparison.rows()) {
      table.row(
          Numbers.count(row.parameters()),
          Numbers.bits(row.predicted().value()),
          Numbers.bits(row.predicted().low()) + " to " + Numbers.bits(row.predicted().high()),
          Numbers.bits(row.measured().mean()),
          signed(row.relativeError()));
    }
    table.printTo(page);
    page.line(
        "  the line without them: "
            + Numbers.plusMinus(comparison.law().line().slope())
            + " bits × parameters");
  }

  private void ablation(AblationSeries series) {
    boolean length = series.varied() == AblationSeries.Varied.SEQUENCE_LENGTH;
    page.heading(
        "Ablation over "
            + (length ? "sequence length" : "vocabulary")
            + ": "
            + name(model(series.sizes().getFirst()))
            + ", N "
            + Numbers.count(series.sizes().getFirst().sequences()));
    Table table =
        new Table(
            1,
            length ? "S" : "V",
            length ? "V" : "S",
            "parameters",
            "steps",
            "seeds",
            "expected",
            "reachable",
            "measured",
            "of reachable");
    for (int i = 0; i < series.sizes().size(); i++) {
      MeasuredSize size = series.sizes().get(i);
      Ablation.Row row = series.table().rows().get(i);
      int sequenceLength = model(size).contextLength();
      int vocabulary = model(size).vocabularySize();
      table.row(
          Numbers.count(length ? sequenceLength : vocabulary),
          Numbers.count(length ? vocabulary : sequenceLength),
          Numbers.count(row.trial().parameters()),
          Numbers.count(size.steps()),
          String.valueOf(size.trials().size()),
          Numbers.bits(row.expected()),
          Numbers.bits(row.reachable()),
          Numbers.bits(row.trial().measured()),
          row.shareOfReachable().isPresent()
              ? Numbers.percent(row.shareOfReachable().getAsDouble())
              : "–");
    }
    table.printTo(page);
    page.sentences(
        2,
        "expected: min(N · S · log2 V, α · parameters) with α "
            + Numbers.decimals(analysis.alpha(), 2)
            + (analysis.law().isPresent() ? " as fitted" : " as in the paper's ablations")
            + "; reachable: the same with the ceiling in place of the entropy.");
  }

  private static GptConfig model(MeasuredSize size) {
    return size.trials().getFirst().model();
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%+.1f%%", 100 * share);
  }
}
