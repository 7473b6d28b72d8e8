package dev.mneme.app.html;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.report.Summary;
import dev.mneme.measure.Interval;
import dev.mneme.model.GptConfig;
import java.util.Optional;

/// Figures as the page writes them.
final class Figures {
  private Figures() {}

  /// The bounds of an interval in words.
  static String range(Interval interval) {
    return interval.isPoint()
        ? "one seed, no interval"
        : "95%: "
            + Numbers.decimals(interval.low(), 2)
            + " to "
            + Numbers.decimals(interval.high(), 2);
  }

  /// An amount of information in large type.
  static Report.Figure bits(String name, Interval amount, String note) {
    String shown = Numbers.bits(amount.mean());
    int blank = shown.indexOf(' ');
    return new Report.Figure(
        name,
        shown.substring(0, blank),
        shown.substring(blank + 1),
        Optional.of(amount),
        amount.isPoint()
            ? "one seed, no interval"
            : "95%: " + Numbers.bits(amount.low()) + " to " + Numbers.bits(amount.high()),
        note);
  }

  /// A model in a few characters; with its heads where they are not the usual ones.
  static String name(GptConfig model) {
    int usual =
        GptConfig.of(model.layers(), model.width(), model.vocabularySize(), model.contextLength())
            .heads();
    return Summary.name(model) + (model.heads() == usual ? "" : "×" + model.heads());
  }
}
