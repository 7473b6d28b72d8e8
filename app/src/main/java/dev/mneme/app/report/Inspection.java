package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.experiment.RandomTokenScore;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.checkpoint.TensorSummary;
import dev.mneme.training.ModelFolder;
import dev.mneme.training.TrainingCheckpoint;
import dev.mneme.unit.ParameterCount;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// A saved model as a person reads it.
public final class Inspection {
  private Inspection() {}

  /// Writes everything known about a verified folder.
  public static void write(ModelFolder folder, Optional<RandomTokenScore> score, Page page) {
    GptConfig config = folder.weights().config();
    ParameterCount count = config.parameterCount();
    page.line(
        page.style(Style.BOLD, "Mneme inspect") + page.style(Style.FAINT, "  " + folder.path()));
    page.line("");
    fact(
        page,
        "kind",
        folder.checkpoint().isPresent() ? "training checkpoint" : "model, Hugging Face layout");
    fact(
        page,
        "shape",
        Summary.name(config)
            + " · "
            + Numbers.plural(config.heads(), "head")
            + " · V "
            + config.vocabularySize()
            + " · S "
            + config.contextLength()
            + (config.tiedHead() ? " · tied head" : " · head of its own"));
    fact(
        page,
        "parameters",
        Numbers.count(count.total())
            + ", "
            + Numbers.count(count.withoutEmbeddings())
            + " without embeddings");
    folder.checkpoint().ifPresent(checkpoint -> write(checkpoint, page));
    fact(
        page,
        "verified",
        folder.checkpoint().isPresent()
            ? "digests, sizes, shapes; all values, those of the optimizer too, are finite"
            : "sizes, shapes; all values are finite (this layout has no digests)");
    page.line("");
    Table table = new Table(3, "tensor", "shape", "type", "mean", "deviation");
    for (TensorSummary tensor : folder.tensors()) {
      table.row(
          tensor.name(),
          shape(tensor.shape()),
          tensor.type(),
          number(tensor.mean()),
          number(tensor.deviation()));
    }
    table.printTo(page);
    score.ifPresent(scored -> write(scored, count, page));
  }

  private static void write(TrainingCheckpoint checkpoint, Page page) {
    fact(
        page,
        "step",
        Numbers.count(checkpoint.step()) + " of " + Numbers.count(checkpoint.plan().steps()));
    fact(page, "seed", String.valueOf(checkpoint.seed().value()));
    fact(page, "engine", Summary.name(checkpoint.engine()));
    fact(page, "data", "SHA-256 " + checkpoint.dataHash());
  }

  private static void write(RandomTokenScore score, ParameterCount count, Page page) {
    Memorization found = score.memorization();
    page.heading("Memorized");
    page.sentences(
        2,
        "Random tokens of seed "
            + score.seed()
            + ", "
            + Numbers.plural(score.sequences(), "sequence")
            + ", engine "
            + Summary.name(score.engine()));
    fact(page, "data", "SHA-256 " + score.dataHash());
    fact(
        page,
        "memorized",
        Numbers.bits(found.net())
            + " of "
            + Numbers.bits(found.entropy())
            + " ("
            + found.net().value()
            + " bits), "
            + Numbers.decimals(found.net().per(count.total()).value(), 3)
            + " bits per parameter");
    if (found.net().value() <= 0) {
      page.sentences(
          2,
          "Nothing is memorized: these are not the data the model was trained on, or it was"
              + " hardly trained.");
    }
  }

  private static void fact(Page page, String name, String value) {
    page.line(
        "  " + page.style(Style.FAINT, String.format(Locale.ROOT, "%-10s", name)) + "  " + value);
  }

  private static String shape(List<Long> shape) {
    return shape.isEmpty() ? "1" : String.join("×", shape.stream().map(String::valueOf).toList());
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.5f", value.getAsDouble()) : "";
  }
}
