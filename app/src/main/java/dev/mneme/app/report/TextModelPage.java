package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.attack.Attack;
import dev.mneme.attack.AttackResult;
import dev.mneme.law.PublishedMembership;
import dev.mneme.measure.Interval;
import dev.mneme.text.Against;
import dev.mneme.text.ExtractionRates;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextModel;
import dev.mneme.text.TextSize;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The tables of one model on text, over sizes of data sets.
final class TextModelPage {
  private static final String NONE = "–";

  private final TextModel model;
  private final List<TextSize> sizes;
  private final int full;
  private final Page page;

  /// @param full the size of the full set, where the reference of the same size is a control
  TextModelPage(TextModel model, int full, Page page) {
    this.model = model;
    this.sizes = TextSize.of(model);
    this.full = full;
    this.page = page;
  }

  void write() {
    page.heading(
        Summary.name(model.model())
            + ", "
            + Numbers.count(parameters())
            + " parameters, on N samples of text");
    loss();
    section("Unintended memorization against the oracle, bits per sample");
    memorization(TextCell::oracle, false);
    section("Unintended memorization against the same size, bits per sample");
    memorization(TextCell::sameSize, true);
    extraction();
    membership();
  }

  private long parameters() {
    return model.model().parameterCount().total();
  }

  private void loss() {
    Table table =
        new Table(
            0,
            "N",
            "of predicted N*",
            "seeds",
            "train, bits/token",
            "test, bits/token",
            "rarity and mem_U, ρ (95%)");
    for (TextSize size : sizes) {
      table.row(
          Numbers.count(size.sequences()),
          times(size.sequences() / model.descent().predicted().sequences()),
          String.valueOf(size.seeds().size()),
          Numbers.decimals(size.mean(cell -> cell.trainPerToken().value()), 3),
          Numbers.decimals(size.mean(cell -> cell.testPerToken().value()), 3),
          rarity(size).map(TextModelPage::correlation).orElse(NONE));
    }
    table.printTo(page);
    note(
        page,
        "N*: the size that just fills the capacity, "
            + TextWords.size(model.descent().predicted().sequences())
            + ", where test loss is expected to peak   ρ: Spearman's, of TF-IDF rarity with what is"
            + " memorized against the oracle");
  }

  private static Optional<Interval> rarity(TextSize size) {
    return size.seeds().stream().allMatch(cell -> cell.most().rarityCorrelation().isPresent())
        ? Optional.of(size.overSeeds(cell -> cell.most().rarityCorrelation().orElseThrow()))
        : Optional.empty();
  }

  private void memorization(Function<TextCell, Against> against, boolean sameSize) {
    Table table =
        new Table(
            1,
            "N",
            "clipped",
            "noise floor",
            "net, lower bound",
            "all samples, net",
            "net bits/param");
    boolean control = false;
    for (TextSize size : sizes) {
      boolean marked = sameSize && size.sequences() == full;
      control |= marked;
      Interval net = size.overSeeds(cell -> against.apply(cell).training().meanNet());
      double sum = size.mean(cell -> against.apply(cell).training().net().value());
      table.row(
          Numbers.count(size.sequences()) + (marked ? " control" : ""),
          Numbers.plusMinus(
              size.overSeeds(cell -> against.apply(cell).training().meanUnintended())),
          Numbers.plusMinus(size.overSeeds(cell -> against.apply(cell).heldOut().meanUnintended())),
          page.style(Style.BOLD, Numbers.plusMinus(net)),
          Numbers.bits(sum),
          Numbers.decimals(sum / parameters(), 3));
    }
    table.printTo(page);
    if (control) {
      note(
          page,
          "control: here the reference is another seed of the same model on the same samples; net"
              + " is what two seeds differ by, and intervals over samples do not cover that");
    }
  }

  private void extraction() {
    if (sizes.stream().allMatch(size -> size.prefixes().isEmpty())) {
      return;
    }
    section("Extraction: samples completed exactly by greedy decoding (95%)");
    Table table =
        new Table(0, "N", "prefix", "training samples", "test samples", "explained by test");
    for (TextSize size : sizes) {
      for (int prefix : size.prefixes()) {
        Interval training = size.share(cell -> rates(cell, prefix).training());
        Interval heldOut = size.share(cell -> rates(cell, prefix).heldOut());
        table.row(
            Numbers.count(size.sequences()),
            Numbers.count(prefix),
            share(training) + " of " + Numbers.count(training.observations()),
            share(heldOut) + " of " + Numbers.count(heldOut.observations()),
            size.explained(prefix).map(TextModelPage::share).orElse(NONE));
      }
    }
    table.printTo(page);
    note(
        page,
        "explained: the share of extraction that generalization alone would give, test over"
            + " training at most 1");
  }

  private static ExtractionRates rates(TextCell cell, int prefix) {
    return TextSize.extraction(cell, prefix).orElseThrow();
  }

  private void membership() {
    section("Membership attacks, chance 0.5 for AUC and F1 (95%)");
    if (sizes.stream().allMatch(size -> size.members().isEmpty())) {
      page.line("  not judged: too few members");
      return;
    }
    Table table =
        new Table(2, "N", "attack", "z", "AUC", "balanced F1", "published law", "TPR at 1% FPR");
    for (TextSize size : sizes) {
      boolean first = true;
      for (Attack attack : Attack.values()) {
        Optional<Interval> auc = size.attack(attack, AttackResult::auc);
        if (auc.isEmpty()) {
          continue;
        }
        double z = size.dataBitsPerParameter();
        table.row(
            first ? Numbers.count(size.sequences()) : "",
            attack == Attack.BLIND ? page.style(Style.FAINT, "blind •") : attack.label(),
            first ? String.format(Locale.ROOT, "%.3g", z) : "",
            three(auc.get()),
            size.attack(attack, AttackResult::balancedF1).map(TextModelPage::three).orElse(NONE),
            attack == Attack.LOSS ? Numbers.decimals(PublishedMembership.LAW.at(z), 3) : "",
            size.truePositivesAtOnePercent(attack).map(TextModelPage::share).orElse(NONE));
        first = false;
      }
    }
    table.printTo(page);
    note(
        page,
        "z: data bits per parameter   published law: F1 of attacks on losses expected at z,"
            + " constants of arXiv 2505.24832, to about ±0.09   • no model, only words");
  }

  private void section(String heading) {
    page.line("");
    page.line("  " + heading);
  }

  private static String times(double factor) {
    return String.format(Locale.ROOT, factor < 100 ? "%.2f×" : "%,.0f×", factor);
  }

  private static String correlation(Interval interval) {
    return String.format(
        Locale.ROOT, "%+.2f (%+.2f to %+.2f)", interval.mean(), interval.low(), interval.high());
  }

  private static String three(Interval interval) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f–%.3f)", interval.mean(), interval.low(), interval.high());
  }

  private static String share(Interval interval) {
    return Numbers.percent(interval.mean())
        + " ("
        + Numbers.decimals(100 * interval.low(), 1)
        + "–"
        + Numbers.percent(interval.high())
        + ")";
  }

  /// An explanation below a table, in faint letters and wrapped.
  static void note(Page page, String text) {
    StringBuilder current = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!current.isEmpty() && 3 + current.length() + word.length() > page.columns()) {
        page.line("  " + page.style(Style.FAINT, current.toString()));
        current.setLength(0);
      }
      current.append(current.isEmpty() ? "" : " ").append(word);
    }
    page.line("  " + page.style(Style.FAINT, current.toString()));
  }
}
