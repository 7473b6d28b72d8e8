package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.law.Estimate;
import dev.mneme.law.Prediction;
import dev.mneme.law.PredictionJson;
import dev.mneme.law.Predictor;
import dev.mneme.law.Regime;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Predictions as a person reads them: the answer in one line, the figures behind it, and what they
/// do not say.
public final class Forecast {
  private Forecast() {}

  /// Writes whatever was asked.
  public static void write(
      Optional<PredictionJson.Model> given,
      List<PredictionJson.Model> compared,
      Optional<PredictionJson.LargestModel> largest,
      Page page) {
    given.ifPresent(model -> {
      page.line(page.style(Style.BOLD, answer(model.prediction())));
      page.line("");
      facts(model, page);
      page.line("");
      levels(model, page);
    });
    largest.ifPresent(answer -> {
      if (given.isPresent()) {
        page.line("");
      }
      page.line(page.style(Style.BOLD, answer(answer)));
    });
    if (!compared.isEmpty()) {
      if (given.isPresent() || largest.isPresent()) {
        page.line("");
      }
      List<PredictionJson.Model> all = new ArrayList<>();
      given.ifPresent(all::add);
      all.addAll(compared);
      table(all, page);
    }
    page.heading("Bear in mind");
    Prediction.CAVEATS.forEach(caveat -> page.sentences(2, caveat));
  }

  private static String answer(Prediction prediction) {
    return Numbers.suffixed(prediction.parameters())
        + " parameters, "
        + Numbers.suffixed(tokens(prediction))
        + " tokens: F1 "
        + f1(prediction.membership())
        + ", "
        + prediction.regime().phrase()
        + ", capacity "
        + Numbers.bits(prediction.capacity().value())
        + " ("
        + Numbers.bytes(prediction.capacity().value())
        + ")";
  }

  private static String answer(PredictionJson.LargestModel answer) {
    String risk = Numbers.plain(answer.risk());
    String data =
        "For data of " + Numbers.bits(answer.dataBits()) + " and F1 at most " + risk + " ";
    OptionalDouble most = answer.parameters();
    if (most.isEmpty()) {
      return data + "a model may have any size";
    }
    return most.getAsDouble() < 1
        ? data + "no model is small enough"
        : data + "a model may have up to " + Numbers.suffixed(most.getAsDouble()) + " parameters";
  }

  private static void facts(PredictionJson.Model model, Page page) {
    Prediction prediction = model.prediction();
    Predictor predictor = model.predictor();
    fact(page, "parameters", Numbers.count(prediction.parameters()));
    fact(
        page,
        "data",
        Numbers.suffixed(tokens(prediction))
            + " tokens or "
            + Numbers.suffixed(prediction.data().samples(prediction.shape()))
            + " samples, "
            + Numbers.bits(prediction.dataBits())
            + " (S "
            + prediction.shape().sequenceLength()
            + ", V "
            + Numbers.count(prediction.shape().vocabularySize())
            + ")");
    Estimate<BitsPerParameter> alpha = predictor.alpha().perParameter();
    fact(
        page,
        "capacity",
        Numbers.bits(prediction.capacity().value())
            + ", "
            + Numbers.bytes(prediction.capacity().value())
            + range(prediction.capacity(), Numbers::bits)
            + " at "
            + Numbers.plain(alpha.value().value())
            + " bits per parameter"
            + range(alpha, value -> Numbers.plain(value.value())));
    fact(page, "", "range of bits per parameter: " + predictor.alpha().origin());
    fact(
        page,
        "data / capacity",
        ratio(prediction.dataToCapacity().value())
            + range(prediction.dataToCapacity(), Forecast::ratio)
            + ": "
            + regimes(prediction));
    fact(page, "F1", f1(prediction.membership()) + " for an average sample; 0.5 is chance");
    fact(page, "", "band: " + predictor.membership().bandLabel());
    fact(
        page,
        "memorized",
        perSample(prediction.memorizedPerSample().value())
            + range(prediction.memorizedPerSample(), Forecast::perSample)
            + " of the "
            + Numbers.decimals(prediction.shape().bitsPerSample().value(), 0)
            + " bits of a sample, unintended");
  }

  private static String regimes(Prediction prediction) {
    Estimate<Regime> regimes = prediction.regimes();
    String phrase = regimes.value().phrase();
    List<String> others = new ArrayList<>();
    for (Regime other : List.of(regimes.low(), regimes.high())) {
      if (other != regimes.value()) {
        others.add(other.phrase());
      }
    }
    return others.isEmpty() ? phrase : phrase + ", perhaps " + String.join(" or ", others);
  }

  private static void levels(PredictionJson.Model model, Page page) {
    Prediction prediction = model.prediction();
    Table table = new Table(1, "F1 is down to", "at samples", "at tokens");
    for (double level : PredictionJson.LEVELS) {
      OptionalDouble samples = model.predictor().samplesFor(prediction.parameters(), level);
      table.row(
          Numbers.decimals(level, 2),
          samples.isEmpty() ? "any" : Numbers.suffixed(samples.getAsDouble()),
          samples.isEmpty()
              ? "any"
              : Numbers.suffixed(samples.getAsDouble() * prediction.shape().sequenceLength()));
    }
    table.printTo(page);
  }

  private static void table(List<PredictionJson.Model> models, Page page) {
    Table table =
        new Table(
            1,
            "model",
            "parameters",
            "tokens",
            "data / capacity",
            "F1",
            "band",
            "memorized a sample",
            "capacity");
    for (PredictionJson.Model model : models) {
      Prediction prediction = model.prediction();
      Estimate<Double> f1 = prediction.membership();
      table.row(
          model.name(),
          Numbers.suffixed(prediction.parameters()),
          Numbers.suffixed(tokens(prediction)),
          ratio(prediction.dataToCapacity().value()),
          Numbers.decimals(f1.value(), 3),
          Numbers.decimals(f1.low(), 3) + "–" + Numbers.decimals(f1.high(), 3),
          perSample(prediction.memorizedPerSample().value()),
          Numbers.bits(prediction.capacity().value()));
    }
    table.printTo(page);
    Predictor first = models.getFirst().predictor();
    page.line("");
    page.sentences(
        2,
        "A sample has "
            + first.shape().sequenceLength()
            + " tokens. Band: "
            + first.membership().bandLabel()
            + ". Data beyond 1.1 times the capacity: generalizing; below 0.9 times: memorizing.");
  }

  private static double tokens(Prediction prediction) {
    return prediction.data().samples(prediction.shape()) * prediction.shape().sequenceLength();
  }

  private static String f1(Estimate<Double> f1) {
    return Numbers.decimals(f1.value(), 3) + range(f1, value -> Numbers.decimals(value, 3));
  }

  private static String perSample(Bits bits) {
    return bits.value() < 10
        ? String.format(Locale.ROOT, "%.2g bit", bits.value())
        : Numbers.decimals(bits.value(), 0) + " bit";
  }

  private static String ratio(double ratio) {
    return ratio < 100
        ? Numbers.decimals(ratio, 2)
        : ratio < 1e6 ? Numbers.count(Math.round(ratio)) : Numbers.suffixed(ratio);
  }

  /// Bounds in parentheses; nothing where there are none.
  private static <T extends Comparable<? super T>> String range(
      Estimate<T> estimate, java.util.function.Function<T, String> shown) {
    return estimate.isPoint()
        ? ""
        : " (" + shown.apply(estimate.low()) + "–" + shown.apply(estimate.high()) + ")";
  }

  private static void fact(Page page, String name, String value) {
    page.line(
        "  " + page.style(Style.FAINT, String.format(Locale.ROOT, "%-15s", name)) + "  " + value);
  }
}
