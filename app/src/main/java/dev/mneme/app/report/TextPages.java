package dev.mneme.app.report;

import dev.mneme.app.output.Columns;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.attack.MostMemorized;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.text.OracleChoice;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextModel;
import dev.mneme.text.TextReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a study on text found, for a person.
public final class TextPages {
  /// Reasons and phases beyond these are left to JSON.
  private static final int MOST_LINES = 40;

  private final TextReport report;
  private final Function<MostMemorized.Sample, String> text;
  private final Page page;

  private TextPages(TextReport report, Function<MostMemorized.Sample, String> text, Page page) {
    this.report = report;
    this.text = text;
    this.page = page;
  }

  /// Writes everything onto a page.
  ///
  /// @param text of a memorized sequence; may hold anything and is cleaned and cut here
  public static void write(
      TextReport report, Function<MostMemorized.Sample, String> text, Page page) {
    new TextPages(report, text, page).write();
  }

  private void write() {
    title();
    report.oracle().ifPresentOrElse(this::oracle, this::noOracle);
    report
        .models()
        .forEach(model -> new TextModelPage(model, report.plan().fullSize(), page).write());
    if (!report.models().isEmpty()) {
      howToRead();
      warnings();
      lines("Double descent", report.models().stream().map(TextWords::descent).toList());
      lines("Learning phases, in bits per token", phases());
      mostMemorized();
    }
    withoutResult();
    unfinished();
  }

  private void title() {
    TextSource source = report.plan().source();
    GptConfig model = report.plan().models().getFirst();
    page.line(
        page.style(Style.BOLD, "Mneme text")
            + page.style(
                Style.FAINT,
                "  "
                    + Columns.fit(source.corpus(), 40)
                    + " · tokens "
                    + Columns.fit(source.tokenizer(), 20)
                    + " · V "
                    + Numbers.count(model.vocabularySize())
                    + " · S "
                    + Numbers.count(model.contextLength())));
    page.line(
        page.style(
            Style.FAINT,
            "  training sets of up to "
                + Numbers.plural(report.plan().fullSize(), "sequence")
                + " · held out: "
                + Numbers.count(source.test())
                + " test and "
                + Numbers.count(source.reference())
                + " reference · "
                + Numbers.plural(report.plan().seeds().size(), "seed")));
  }

  private void oracle(OracleChoice choice) {
    boolean split = report.plan().source().reference() > 0;
    page.heading("Oracle: the model of this text that the others are compared with");
    Table table =
        new Table(
            1,
            "candidate",
            "parameters",
            "steps",
            split ? "reference, bits/token" : "decides, bits/token",
            "test, bits/token");
    for (OracleChoice.Candidate candidate : choice.candidates()) {
      TrialSpecification trial = candidate.trial().specification();
      boolean chosen = candidate.equals(choice.chosen());
      table.row(
          page.style(chosen ? Style.BOLD : Style.FAINT, Summary.name(trial.model()))
              + (chosen ? " •" : ""),
          Numbers.count(trial.model().parameterCount().total()),
          Numbers.count(trial.plan().steps()),
          Numbers.decimals(candidate.referencePerToken().value(), 3),
          Numbers.decimals(candidate.testPerToken().value(), 3));
    }
    table.printTo(page);
    note(
        split
            ? "• the oracle: the shortest code of the reference split decides, which the"
                + " tables below do not use"
            : "• the oracle: there is no reference split, so the test split decided, and figures on"
                + " test text flatter it a little");
    note(
        "It was trained on the full set, so it remembers a part of these sequences itself: what"
            + " both remember counts as understood.");
  }

  private void noOracle() {
    page.line("");
    page.sentences(
        0,
        "No candidate for the oracle finished, so there is nothing to compare models with and no"
            + " figure is claimed.");
  }

  private void howToRead() {
    page.heading("How to read the tables");
    for (String sentence :
        List.of(
            "Net: bits that the model saves beyond its reference, a lower bound on what it"
                + " remembers, below 0 where the reference does better. Clipped: the paper's sum of"
                + " what is above 0 per sample, which chance lifts; the noise floor is the same on"
                + " test text, which no model saw.",
            "Bits are counted from the reference model; totals in the JSON file are relative to the"
                + " uniform code, since the entropy of text is unknown.",
            "Intervals are 95%: with one seed over samples (Student's t; bootstrap for AUC and F1;"
                + " Clopper and Pearson's for rates). With several seeds, memorized bits have"
                + " Student's t over seeds; AUC, F1 and rates are means over seeds of the figure"
                + " and its bounds.")) {
      page.sentences(2, sentence);
    }
  }

  /// Every warning once; those that differ in their figures alone count as one.
  private void warnings() {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    report.models().stream()
        .flatMap(model -> model.cells().stream())
        .flatMap(cell -> cell.attacks().stream())
        .flatMap(attacks -> Stream.concat(attacks.results().stream(), Stream.of(attacks.blind())))
        .flatMap(result -> result.warnings().stream())
        .distinct()
        .forEach(warning ->
            alike
                .computeIfAbsent(warning.replaceAll("[0-9]+", "#"), key -> new ArrayList<>())
                .add(warning));
    if (alike.isEmpty()) {
      return;
    }
    page.heading("Mind about the attacks");
    alike
        .values()
        .forEach(warnings -> {
          int others = warnings.size() - 1;
          page.sentences(
              2,
              warnings.getFirst()
                  + (others == 0
                      ? "."
                      : " (and " + Numbers.plural(others, "time") + " with other figures)."));
        });
  }

  private List<String> phases() {
    List<String> lines = new ArrayList<>();
    for (TextModel model : report.models()) {
      model.cells().forEach(cell -> TextWords.phase(cell).ifPresent(lines::add));
    }
    return lines.isEmpty()
        ? List.of("Held-out loss never rises again by more than the margin in any run.")
        : lines;
  }

  private void lines(String heading, List<String> lines) {
    page.heading(heading);
    lines.stream().limit(MOST_LINES).forEach(line -> page.sentences(2, line));
    if (lines.size() > MOST_LINES) {
      page.line("  … and " + Numbers.count(lines.size() - MOST_LINES) + " more");
    }
  }

  /// Of the largest model, on the size that it remembers most of.
  private Optional<TextCell> chosen() {
    return report.models().stream()
        .max(Comparator.comparingLong(model -> model.model().parameterCount().total()))
        .flatMap(model ->
            model.cells().stream()
                .max(Comparator.comparing(cell -> cell.oracle().training().clipped())));
  }

  private void mostMemorized() {
    Optional<TextCell> chosen = chosen().filter(cell -> !cell.most().samples().isEmpty());
    if (chosen.isEmpty()) {
      return;
    }
    TextCell cell = chosen.get();
    page.heading(
        "Most memorized of the probed samples: " + TextWords.name(cell) + ", against the oracle");
    int left = Math.max(16, page.columns() - 42);
    List<String> texts =
        cell.most().samples().stream()
            .map(sample -> Columns.fit(text.apply(sample), left))
            .toList();
    int longest = texts.stream().mapToInt(TextPages::length).max().orElse(0);
    Table table = new Table(0, "mem_U, bits", "rarity, bits", "occurs", padded("text", longest));
    for (int i = 0; i < texts.size(); i++) {
      MostMemorized.Sample sample = cell.most().samples().get(i);
      table.row(
          Numbers.decimals(sample.unintended().value(), 1),
          Numbers.decimals(sample.rarity().value(), 2),
          Numbers.count(sample.occurrences()),
          padded(texts.get(i), longest));
    }
    table.printTo(page);
    note(
        "rarity: mean TF-IDF weight of the sample's tokens   occurs: times cut from the corpus"
            + " before deduplication");
    note("The top of a list is partly chance: measured again, the first would come out lower.");
  }

  /// Text of one width, so that a column to the right begins at one place.
  private static String padded(String text, int length) {
    return text + " ".repeat(Math.max(0, length - length(text)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private void withoutResult() {
    List<GptConfig> shown = report.models().stream().map(TextModel::model).toList();
    List<String> missing =
        report.plan().models().stream()
            .filter(model -> !shown.contains(model))
            .map(Summary::name)
            .toList();
    if (!missing.isEmpty() && report.oracle().isPresent()) {
      page.line("");
      page.sentences(
          0,
          "No figures for "
              + String.join(", ", missing)
              + ": the reference of the same size, or every trial, did not finish.");
    }
  }

  private void unfinished() {
    if (report.unfinished().isEmpty()) {
      return;
    }
    page.heading(Numbers.plural(report.unfinished().size(), "trial") + " did not finish");
    Map<String, List<TrialResult>> byReason = new LinkedHashMap<>();
    for (TrialResult result : report.unfinished()) {
      byReason.computeIfAbsent(TextWords.reason(result), key -> new ArrayList<>()).add(result);
    }
    byReason.entrySet().stream()
        .limit(MOST_LINES)
        .forEach(entry -> {
          int others = entry.getValue().size() - 1;
          page.sentences(
              2,
              Numbers.count(entry.getValue().size())
                  + " "
                  + entry.getKey()
                  + " ("
                  + TextWords.name(entry.getValue().getFirst().specification())
                  + (others == 0 ? "" : " and " + Numbers.plural(others, "other"))
                  + ").");
        });
    if (byReason.size() > MOST_LINES) {
      page.line("  … and " + Numbers.count(byReason.size() - MOST_LINES) + " more reasons");
    }
  }

  private void note(String sentence) {
    TextModelPage.note(page, sentence);
  }
}
