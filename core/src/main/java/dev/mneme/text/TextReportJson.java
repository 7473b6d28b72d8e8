package dev.mneme.text;

import dev.mneme.attack.MostMemorized;
import dev.mneme.data.tokenizer.TextPiece;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.DoubleDescent;
import dev.mneme.model.GptConfig;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A study on text as JSON. Amounts of information are in bits and say so in their names; doubles
/// are written so that they read back exactly; what was not measured is `null`. Intervals are
/// objects with `mean`, `low`, `high` (95%) and `observations`; rates with `hits`, `cases`,
/// `value`, `low` and `high` (95%, Clopper and Pearson).
///
/// - `format`: `mneme-text/1`
/// - `plan`: `data` (`corpus`, `tokenizer`, `hash`, `test`, `reference`, `probed`, `prefixes`),
///   `models`, `sizes` (the last one is the full set), `training`, `seeds`, `referenceSeed`,
///   `oracles` (each with `model` and `training`)
/// - `oracle`: `chosen` (id of a trial), `decidedOn` (`reference` or `test`) and `candidates`
///   (`trial`, `model`, `parameters`, `steps`, `referenceBitsPerToken`, `testBitsPerToken`); `null`
///   where none finished
/// - `models`: one object per model with `model`, `parameters`, `doubleDescent` and `cells`, one
///   for each size and seed
/// - `doubleDescent`: `predictedSequences`, `capacityBits`, `capacityFrom`, `marginBitsPerToken`,
///   `shape`, `agrees`, and `peak` (`sequences`, `trainBitsPerToken`, `testBitsPerToken`,
///   `riseBitsPerToken`, `fallBitsPerToken`, `neighbors` and `bracket` with `smaller` and `larger`,
///   `ratio`) or `null`
/// - `unfinished`: `trial`, `model`, `sequences`, `seed`, `status` and `reason` of each
///
/// A cell has `trial`, `sequences`, `seed`, `dataBitsPerParameter`, `trainBitsPerToken`,
/// `testBitsPerToken`, and:
///
/// - `againstOracle`, `againstSameSize`: `training` and `heldOut` with `samples`,
///   `uniformBitsPerSample`, sums `netBits` (a lower bound; with `netStandardErrorBits`),
///   `clippedBits` (on `heldOut` the noise floor), `intendedBits` and `totalBits` (both relative to
///   the uniform code), `netBitsPerParameter`, and means per sample as intervals `meanNetBits`,
///   `meanUnintendedBits`, `meanIntendedBits`. `control` says whether the reference is another seed
///   of the same model on the same samples
/// - `extraction`: `prefix`, `training`, `heldOut` as rates, and `explained`, the share that
///   generalization explains (`value`, `null` where nothing was extracted, `low` and `high`)
/// - `attacks`: `null`, or `blind` and `results`: `attack`, `members`, `nonMembers`, `auc`,
///   `balancedF1`, `accuracy`, `truePositivesAtOnePercent`, `truePositivesAtOnePerMille`, `roc` (at
///   most 100 pairs of false and true positives, see [dev.mneme.attack.RocCurve#corners]),
///   `warnings`; and `publishedLawF1`, what the law expects of attacks on losses
/// - `compressionRates`: `low`, `high` and `bins` of 60 equal bins shared by `training` and
///   `heldOut`, each with `mean`, `standardDeviation` and `counts`; rates are relative to the
///   uniform code
/// - `curve`: `step`, `trainBitsPerToken`, `heldOutBitsPerToken` (test and reference split
///   together)
/// - `phases`: `course`, `marginBitsPerToken`, `lowest`, `rise` and `fall` (`from` and `to`) or
///   `null`, points as in `curve`
/// - `mostMemorized`: `rarityCorrelation` or `null`, and at most 20 `samples` with `index`,
///   `unintendedBits`, `rarityBits`, `occurrences`, `text`, and `pieces` or `null`: `texts`, which
///   add up to the text, and as many `tokens` (tokens in the piece, more than one where they share
///   a character), `modelBits` and `oracleBits` (code length of the piece under both)
/// - `raritySample`: `population`, the sequences in the training set, and `points`, for each of its
///   first sequences, at most 500, rarity and unintended memorization, in bits
public final class TextReportJson {
  /// Version of the format.
  public static final String FORMAT = "mneme-text/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private TextReportJson() {}

  /// A study without the text of any sequence.
  public static String write(TextReport report) {
    return text(node(report, new CellJson(report.plan())));
  }

  /// A study with the text of the most memorized sequences.
  ///
  /// @param text of a sequence of the training set, cut where tokens meet
  /// @throws IllegalArgumentException where a text has more or fewer tokens than its sequence
  public static String write(
      TextReport report, Function<MostMemorized.Sample, List<TextPiece>> text) {
    return text(node(report, new CellJson(report.plan(), text)));
  }

  private static String text(ObjectNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private static ObjectNode node(TextReport report, CellJson cells) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    put(node.putObject("plan"), report.plan());
    node.putNull("oracle");
    report
        .oracle()
        .ifPresent(choice -> put(node.putObject("oracle"), choice, report.plan().source()));
    ArrayNode models = node.putArray("models");
    for (TextModel model : report.models()) {
      ObjectNode child = models.addObject();
      put(child.putObject("model"), model.model());
      child.put("parameters", model.model().parameterCount().total());
      put(child.putObject("doubleDescent"), model.descent());
      ArrayNode array = child.putArray("cells");
      model.cells().forEach(cell -> cells.put(array.addObject(), cell));
    }
    ArrayNode unfinished = node.putArray("unfinished");
    report.unfinished().forEach(result -> put(unfinished.addObject(), result));
    return node;
  }

  private static void put(ObjectNode node, TextPlan plan) {
    TextSource source = plan.source();
    ObjectNode data =
        node.putObject("data")
            .put("corpus", source.corpus())
            .put("tokenizer", source.tokenizer())
            .put("hash", source.hash())
            .put("test", source.test())
            .put("reference", source.reference())
            .put("probed", source.probed());
    numbers(data.putArray("prefixes"), source.prefixes());
    ArrayNode models = node.putArray("models");
    plan.models().forEach(model -> put(models.addObject(), model));
    numbers(node.putArray("sizes"), plan.sizes());
    node.set("training", training(plan.reference(plan.models().getFirst())));
    ArrayNode seeds = node.putArray("seeds");
    plan.seeds().forEach(seeds::add);
    node.put("referenceSeed", plan.referenceSeed());
    ArrayNode oracles = node.putArray("oracles");
    for (TrialSpecification trial : plan.oracleTrials()) {
      ObjectNode oracle = oracles.addObject();
      put(oracle.putObject("model"), trial.model());
      oracle.set("training", training(trial));
    }
  }

  /// How a trial is trained, as [TrialJson] writes it.
  private static JsonNode training(TrialSpecification trial) {
    return MAPPER.readTree(TrialJson.writeSpecification(trial)).required("training");
  }

  private static void put(ObjectNode node, OracleChoice choice, TextSource source) {
    node.put("chosen", choice.chosen().trial().id())
        .put("decidedOn", source.reference() > 0 ? "reference" : "test");
    ArrayNode candidates = node.putArray("candidates");
    for (OracleChoice.Candidate candidate : choice.candidates()) {
      TrialSpecification trial = candidate.trial().specification();
      ObjectNode child = candidates.addObject().put("trial", candidate.trial().id());
      put(child.putObject("model"), trial.model());
      child
          .put("parameters", trial.model().parameterCount().total())
          .put("steps", trial.plan().steps())
          .put("referenceBitsPerToken", candidate.referencePerToken().value())
          .put("testBitsPerToken", candidate.testPerToken().value());
    }
  }

  private static void put(ObjectNode node, DoubleDescent descent) {
    node.put("predictedSequences", descent.predicted().sequences())
        .put("capacityBits", descent.predicted().capacity().value())
        .put(
            "capacityFrom",
            switch (descent.predicted().origin()) {
              case MEASURED -> "measured";
              case FROM_PARAMETERS -> "parameters";
            })
        .put("marginBitsPerToken", descent.margin().value())
        .put("shape", CellJson.word(descent.shape()))
        .put("agrees", descent.agrees())
        .putNull("peak");
    descent
        .peak()
        .ifPresent(peak -> {
          ObjectNode child =
              node.putObject("peak")
                  .put("sequences", peak.size().sequences())
                  .put("trainBitsPerToken", peak.size().train().value())
                  .put("testBitsPerToken", peak.size().test().value())
                  .put("riseBitsPerToken", peak.rise().value())
                  .put("fallBitsPerToken", peak.fall().value())
                  .put("ratio", peak.ratio());
          put(child.putObject("neighbors"), peak.neighbors());
          put(child.putObject("bracket"), peak.bracket());
        });
  }

  private static void put(ObjectNode node, DoubleDescent.Bracket bracket) {
    node.put("smaller", bracket.smaller()).put("larger", bracket.larger());
  }

  private static void put(ObjectNode node, TrialResult result) {
    TrialSpecification trial = result.specification();
    node.put("trial", result.id());
    put(node.putObject("model"), trial.model());
    node.put("sequences", trial.sequences()).put("seed", trial.seed());
    switch (result) {
      case TrialResult.Finished finished -> node.put("status", "finished").putNull("reason");
      case TrialResult.Diverged diverged ->
          node.put("status", "diverged").put("reason", diverged.reason());
      case TrialResult.Failed failed -> node.put("status", "failed").put("reason", failed.reason());
    }
  }

  private static void put(ObjectNode node, GptConfig model) {
    node.put("layers", model.layers())
        .put("width", model.width())
        .put("heads", model.heads())
        .put("vocabulary", model.vocabularySize())
        .put("sequenceLength", model.contextLength())
        .put("tiedHead", model.tiedHead());
  }

  private static void numbers(ArrayNode array, List<Integer> numbers) {
    numbers.forEach(array::add);
  }
}
