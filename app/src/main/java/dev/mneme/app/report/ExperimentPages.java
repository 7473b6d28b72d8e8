package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.experiment.CostEstimate;
import dev.mneme.experiment.Experiment;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `mneme run` says to a reader: what an experiment would cost, and what came of it.
public final class ExperimentPages {
  /// Rows beyond these are left to `mneme ls`.
  private static final int MOST_ROWS = 60;

  private ExperimentPages() {}

  /// Trials with their estimated cost.
  ///
  /// @param done trials that have a result already
  /// @param threads trials at a time
  public static void writeEstimate(
      Experiment experiment, CostEstimate left, int done, int threads, Page page) {
    title(experiment, page);
    page.line("");
    TrialColumns columns = new TrialColumns(experiment.trials());
    List<String> header = new ArrayList<>(columns.names());
    header.addAll(List.of("seeds", "tokens each", "time each", "memory each"));
    Table table = new Table(1, header.toArray(String[]::new));
    Map<List<String>, List<CostEstimate.Trial>> groups = new LinkedHashMap<>();
    for (CostEstimate.Trial trial : left.trials()) {
      groups
          .computeIfAbsent(columns.of(trial.specification()), key -> new ArrayList<>())
          .add(trial);
    }
    groups.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(group -> {
          CostEstimate.Trial one = group.getValue().getFirst();
          List<String> row = new ArrayList<>(group.getKey());
          row.add(Numbers.count(group.getValue().size()));
          row.add(Numbers.brief(one.tokens()));
          row.add(time(one.time()));
          row.add(Numbers.brief(one.bytes()) + "B");
          table.row(row.toArray(String[]::new));
        });
    if (!groups.isEmpty()) {
      table.printTo(page);
    }
    if (groups.size() > MOST_ROWS) {
      page.line("  … and " + Numbers.count(groups.size() - MOST_ROWS) + " more rows");
    }
    page.line("");
    page.line(
        Numbers.plural(left.trials().size(), "trial")
            + " to run"
            + (done > 0 ? ", " + Numbers.count(done) + " finished already" : "")
            + ": "
            + Numbers.brief(left.tokens())
            + " tokens, about "
            + time(left.coreTime())
            + " of one core, "
            + time(left.wallTime(threads))
            + " with "
            + Numbers.plural(threads, "thread")
            + ", up to "
            + Numbers.brief(left.bytes(threads))
            + "B of memory.");
    page.line(
        page.style(
            Style.FAINT,
            "Time is estimated from a short measurement on this machine; others on it slow it"
                + " down."));
  }

  /// What came of an experiment.
  public static void writeResults(Experiment experiment, List<TrialResult> results, Page page) {
    title(experiment, page);
    Map<List<String>, List<TrialResult>> groups = new LinkedHashMap<>();
    List<TrialSpecification> trials =
        results.stream().map(TrialResult::specification).distinct().toList();
    TrialColumns columns = new TrialColumns(trials);
    for (TrialResult result : results) {
      groups
          .computeIfAbsent(columns.of(result.specification()), key -> new ArrayList<>())
          .add(result);
    }
    if (groups.isEmpty()) {
      return;
    }
    page.line("");
    List<String> header = new ArrayList<>(columns.names());
    header.addAll(
        List.of("trials", "memorized", "of ceiling", "bits per parameter (95%)", "not finished"));
    Table table = new Table(1, header.toArray(String[]::new));
    groups.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(group -> table.row(row(group.getKey(), group.getValue()).toArray(String[]::new)));
    table.printTo(page);
    if (groups.size() > MOST_ROWS) {
      page.line("  … and " + Numbers.count(groups.size() - MOST_ROWS) + " more rows");
    }
  }

  private static List<String> row(List<String> key, List<TrialResult> results) {
    List<TrialResult.Finished> finished =
        results.stream()
            .filter(TrialResult.Finished.class::isInstance)
            .map(TrialResult.Finished.class::cast)
            .toList();
    List<String> row = new ArrayList<>(key);
    row.add(Numbers.count(finished.size()));
    if (finished.isEmpty()) {
      row.addAll(List.of("–", "–", "–"));
    } else {
      Interval net =
          SeedStatistics.ofBits(finished.stream().map(trial -> trial.training().net()).toList());
      double ceiling =
          finished.stream().mapToDouble(trial -> trial.ceiling().value()).average().orElse(0);
      long parameters = finished.getFirst().specification().model().parameterCount().total();
      row.add(Numbers.bits(net.mean()));
      row.add(ceiling > 0 ? Numbers.percent(net.mean() / ceiling) : "–");
      row.add(Numbers.plusMinus(net.dividedBy(parameters)));
    }
    row.add(notFinished(results));
    return row;
  }

  private static String notFinished(List<TrialResult> results) {
    long diverged = results.stream().filter(TrialResult.Diverged.class::isInstance).count();
    long failed = results.stream().filter(TrialResult.Failed.class::isInstance).count();
    List<String> parts = new ArrayList<>();
    if (diverged > 0) {
      parts.add(Numbers.count(diverged) + " diverged");
    }
    if (failed > 0) {
      parts.add(Numbers.count(failed) + " failed");
    }
    return String.join(", ", parts);
  }

  private static void title(Experiment experiment, Page page) {
    page.line(
        page.style(Style.BOLD, experiment.name())
            + page.style(Style.FAINT, "  " + Numbers.plural(experiment.trials().size(), "trial")));
    if (!experiment.description().isBlank()) {
      page.sentences(0, experiment.description());
    }
  }

  /// Below ten seconds with a decimal, so that short trials do not all take `0 s`.
  private static String time(Duration duration) {
    return duration.toMillis() < 10_000
        ? Numbers.decimals(duration.toMillis() / 1000.0, 1) + " s"
        : Numbers.duration(duration);
  }
}
