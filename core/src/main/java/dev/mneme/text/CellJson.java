package dev.mneme.text;

import dev.mneme.attack.AttackReport;
import dev.mneme.attack.AttackResult;
import dev.mneme.attack.MostMemorized;
import dev.mneme.attack.Rate;
import dev.mneme.data.tokenizer.TextPiece;
import dev.mneme.law.PublishedMembership;
import dev.mneme.measure.CompressionRates;
import dev.mneme.measure.HistogramBins;
import dev.mneme.measure.Interval;
import dev.mneme.measure.LearningPhases;
import dev.mneme.measure.UnintendedMemorization;
import dev.mneme.model.GptConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One cell of a study on text as JSON, see [TextReportJson].
final class CellJson {
  private final TextPlan plan;
  private final Function<MostMemorized.Sample, Optional<List<TextPiece>>> text;

  CellJson(TextPlan plan) {
    this.plan = plan;
    this.text = sample -> Optional.empty();
  }

  CellJson(TextPlan plan, Function<MostMemorized.Sample, List<TextPiece>> text) {
    this.plan = plan;
    this.text = sample -> Optional.of(text.apply(sample));
  }

  void put(ObjectNode node, TextCell cell) {
    TextSize size = new TextSize(cell.sequences(), List.of(cell));
    node.put("trial", cell.trial().id())
        .put("sequences", cell.sequences())
        .put("seed", cell.seed())
        .put("dataBitsPerParameter", size.dataBitsPerParameter())
        .put("trainBitsPerToken", cell.trainPerToken().value())
        .put("testBitsPerToken", cell.testPerToken().value());
    GptConfig model = cell.trial().specification().model();
    against(node.putObject("againstOracle"), cell.oracle(), model, false);
    against(
        node.putObject("againstSameSize"),
        cell.sameSize(),
        model,
        cell.sequences() == plan.fullSize());
    ArrayNode extraction = node.putArray("extraction");
    cell.extraction().forEach(rates -> put(extraction.addObject(), rates));
    node.putNull("attacks");
    cell.attacks()
        .ifPresent(attacks -> put(node.putObject("attacks"), attacks, size.dataBitsPerParameter()));
    compression(node.putObject("compressionRates"), cell);
    ArrayNode curve = node.putArray("curve");
    cell.curve().forEach(point -> put(curve.addObject(), point));
    put(node.putObject("phases"), cell.phases());
    most(node.putObject("mostMemorized"), cell);
    put(node.putObject("raritySample"), cell.rarity());
  }

  private static void against(ObjectNode node, Against against, GptConfig model, boolean control) {
    node.put("control", control);
    put(node.putObject("training"), against.training(), model);
    put(node.putObject("heldOut"), against.heldOut(), model);
  }

  private static void put(ObjectNode node, UnintendedMemorization memorization, GptConfig model) {
    node.put("samples", memorization.count())
        .put("uniformBitsPerSample", memorization.uniform().value())
        .put("netBits", memorization.net().value())
        .put("netStandardErrorBits", memorization.netStandardError().value())
        .put("clippedBits", memorization.clipped().value())
        .put("intendedBits", memorization.intended().value())
        .put("totalBits", memorization.total().value())
        .put("netBitsPerParameter", memorization.net().per(model.parameterCount().total()).value());
    put(node.putObject("meanNetBits"), memorization.meanNet());
    put(node.putObject("meanUnintendedBits"), memorization.meanUnintended());
    put(node.putObject("meanIntendedBits"), memorization.meanIntended());
  }

  private static void put(ObjectNode node, ExtractionRates rates) {
    node.put("prefix", rates.prefix());
    put(node.putObject("training"), rates.training());
    put(node.putObject("heldOut"), rates.heldOut());
    ObjectNode explained =
        node.putObject("explained")
            .putNull("value")
            .put("low", rates.comparison().low())
            .put("high", rates.comparison().high());
    rates.explained().ifPresent(share -> explained.put("value", share));
  }

  private static void put(ObjectNode node, AttackReport attacks, double dataBitsPerParameter) {
    node.put("publishedLawF1", PublishedMembership.LAW.at(dataBitsPerParameter));
    put(node.putObject("blind"), attacks.blind());
    ArrayNode results = node.putArray("results");
    attacks.results().forEach(result -> put(results.addObject(), result));
  }

  private static void put(ObjectNode node, AttackResult result) {
    node.put("attack", result.attack().label())
        .put("members", result.members())
        .put("nonMembers", result.nonMembers());
    put(node.putObject("auc"), result.auc());
    put(node.putObject("balancedF1"), result.balancedF1());
    put(node.putObject("accuracy"), result.accuracy());
    put(node.putObject("truePositivesAtOnePercent"), result.atOnePercent());
    put(node.putObject("truePositivesAtOnePerMille"), result.atOnePerMille());
    ArrayNode roc = node.putArray("roc");
    result
        .roc()
        .forEach(point -> roc.addArray().add(point.falsePositives()).add(point.truePositives()));
    ArrayNode warnings = node.putArray("warnings");
    result.warnings().forEach(warnings::add);
  }

  private static void compression(ObjectNode node, TextCell cell) {
    HistogramBins bins =
        HistogramBins.over(HistogramBins.DEFAULT, cell.trainRates(), cell.testRates());
    node.put("low", bins.low()).put("high", bins.high()).put("bins", bins.count());
    put(node.putObject("training"), cell.trainRates(), bins);
    put(node.putObject("heldOut"), cell.testRates(), bins);
  }

  private static void put(ObjectNode node, CompressionRates rates, HistogramBins bins) {
    put(node.putObject("mean"), rates.mean());
    node.put("standardDeviation", rates.standardDeviation());
    ArrayNode counts = node.putArray("counts");
    rates.histogram(bins).counts().forEach(counts::add);
  }

  private static void put(ObjectNode node, LearningPhases phases) {
    node.put("course", word(phases.course())).put("marginBitsPerToken", phases.margin().value());
    put(node.putObject("lowest"), phases.lowest());
    node.putNull("rise").putNull("fall");
    phases.rise().ifPresent(rise -> put(node.putObject("rise"), rise));
    phases.fall().ifPresent(fall -> put(node.putObject("fall"), fall));
  }

  private static void put(ObjectNode node, LearningPhases.Change change) {
    put(node.putObject("from"), change.from());
    put(node.putObject("to"), change.to());
  }

  private static void put(ObjectNode node, LearningPhases.Point point) {
    node.put("step", point.step())
        .put("trainBitsPerToken", point.train().value())
        .put("heldOutBitsPerToken", point.heldOut().value());
  }

  private void most(ObjectNode node, TextCell cell) {
    node.putNull("rarityCorrelation");
    cell.most().rarityCorrelation().ifPresent(rho -> put(node.putObject("rarityCorrelation"), rho));
    ArrayNode samples = node.putArray("samples");
    for (int i = 0; i < cell.most().samples().size(); i++) {
      MostMemorized.Sample sample = cell.most().samples().get(i);
      ObjectNode child =
          samples
              .addObject()
              .put("index", sample.index())
              .put("unintendedBits", sample.unintended().value())
              .put("rarityBits", sample.rarity().value())
              .put("occurrences", sample.occurrences())
              .putNull("text")
              .putNull("pieces");
      Optional<List<TextPiece>> pieces = text.apply(sample);
      pieces.ifPresent(all ->
          child.put("text", all.stream().map(TextPiece::text).collect(Collectors.joining())));
      if (pieces.isPresent() && !cell.tokens().isEmpty()) {
        put(child.putObject("pieces"), pieces.get(), cell.tokens().get(i));
      }
    }
  }

  private static void put(ObjectNode node, RaritySample sample) {
    node.put("population", sample.population());
    ArrayNode points = node.putArray("points");
    sample
        .points()
        .forEach(
            point -> points.addArray().add(point.rarity().value()).add(point.unintended().value()));
  }

  private static void put(ObjectNode node, List<TextPiece> pieces, TokenCosts costs) {
    ArrayNode texts = node.putArray("texts");
    ArrayNode tokens = node.putArray("tokens");
    ArrayNode model = node.putArray("modelBits");
    ArrayNode oracle = node.putArray("oracleBits");
    int begin = 0;
    for (TextPiece piece : pieces) {
      int end = begin + piece.tokens();
      texts.add(piece.text());
      tokens.add(piece.tokens());
      model.add(sum(costs.model().subList(begin, end)));
      oracle.add(sum(costs.oracle().subList(begin, end)));
      begin = end;
    }
    if (begin != costs.model().size()) {
      throw new IllegalArgumentException(
          "a text of %d tokens is not that of a sequence of %d"
              .formatted(begin, costs.model().size()));
    }
  }

  private static double sum(List<Double> bits) {
    return bits.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static void put(ObjectNode node, Interval interval) {
    node.put("mean", interval.mean())
        .put("low", interval.low())
        .put("high", interval.high())
        .put("observations", interval.observations());
  }

  private static void put(ObjectNode node, Rate rate) {
    node.put("hits", rate.hits())
        .put("cases", rate.cases())
        .put("value", rate.value())
        .put("low", rate.low())
        .put("high", rate.high());
  }

  /// A constant as a word of JSON, such as `monotone-falling`.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
