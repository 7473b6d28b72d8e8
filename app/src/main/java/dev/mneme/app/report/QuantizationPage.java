package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.experiment.QuantizationCurve;
import dev.mneme.experiment.QuantizationJson;
import dev.mneme.experiment.RandomTokenScore;
import dev.mneme.measure.Memorization;
import java.util.Map;

/// What rounding does to models, as a person reads it.
public final class QuantizationPage {
  private QuantizationPage() {}

  /// Writes a table for every model, by the folder that it lies in.
  public static void write(Map<String, QuantizationJson.Model> models, Page page) {
    page.line(page.style(Style.BOLD, "Mneme quantize"));
    models.forEach((folder, model) -> write(folder, model, page));
    page.line("");
    page.sentences(
        2,
        "Stored bits count every parameter and 16 bits for the scale of each output unit; biases"
            + " and norms stay in fp32. Memorized bits are net, so a model rounded too far is below"
            + " zero: it is confidently wrong. Nothing was trained again after rounding.");
  }

  private static void write(String folder, QuantizationJson.Model model, Page page) {
    RandomTokenScore first = model.curve().points().getFirst().score();
    double parameters = model.config().parameterCount().total();
    page.heading(folder);
    page.sentences(
        2,
        Summary.name(model.config())
            + ", "
            + Numbers.count(model.config().parameterCount().total())
            + " parameters, "
            + Numbers.plural(first.sequences(), "sequence")
            + " of seed "
            + first.seed());
    page.line("");
    Table table =
        new Table(
            1,
            "weights",
            "stored, bits/param",
            "memorized, bits/param",
            "of " + model.curve().points().getFirst().format(),
            "memorized per stored bit");
    for (QuantizationCurve.Point point : model.curve().points()) {
      Memorization found = point.score().memorization();
      double net = found.net().value();
      table.row(
          point.format().toString(),
          Numbers.decimals(point.stored().value() / parameters, 2),
          Numbers.decimals(net / parameters, 3),
          Numbers.percent(net / first.memorization().net().value()),
          Numbers.decimals(net / point.stored().value(), 3));
    }
    table.printTo(page);
  }
}
