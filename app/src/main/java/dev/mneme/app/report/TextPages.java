package dev.mneme.app.report;

import dev.mneme.app.output.Page;
import dev.mneme.attack.MostMemorized;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextModel;
import dev.mneme.text.TextReport;
import java.util.function.Function;

public final class TextPages {
  private TextPages() {}

  public static void write(
      TextReport report, Function<MostMemorized.Sample, String> text, Page page) {
    report
        .oracle()
        .ifPresent(o ->
            o.candidates()
                .forEach(c ->
                    page.line(
                        "oracle "
                            + c.trial().specification().model()
                            + " "
                            + c.trial().specification().plan().steps()
                            + " "
                            + c.referencePerToken()
                            + " test "
                            + c.testPerToken())));
    for (TextModel m : report.models()) {
      page.line(m.model() + " " + m.descent());
      for (TextCell c : m.cells()) {
        page.line(
            String.format(
                "%6d train %.3f test %.3f | oracle U %.1f net %.1f floor %.1f | same U %.1f net"
                    + " %.1f floor %.1f | ext %s | F1 %s | tfidf %s | %s",
                c.sequences(),
                c.trainPerToken().value(),
                c.testPerToken().value(),
                c.oracle().training().meanUnintended().mean(),
                c.oracle().training().meanNet().mean(),
                c.oracle().heldOut().meanUnintended().mean(),
                c.sameSize().training().meanUnintended().mean(),
                c.sameSize().training().meanNet().mean(),
                c.sameSize().heldOut().meanUnintended().mean(),
                c.extraction().stream()
                    .map(e -> String.format("%.2f/%.2f", e.training().value(), e.heldOut().value()))
                    .toList(),
                c.attacks()
                    .map(a ->
                        a.results().stream()
                                .map(r ->
                                    String.format(
                                        "%s %.3f", r.attack().label(), r.balancedF1().mean()))
                                .toList()
                            + " blind "
                            + String.format("%.3f", a.blind().auc().mean()))
                    .orElse(""),
                c.most().rarityCorrelation().map(i -> String.format("%.2f", i.mean())).orElse("-"),
                c.phases().course()));
      }
    }
  }
}
