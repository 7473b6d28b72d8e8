package dev.mneme.law;

import dev.mneme.measure.Interval;
import dev.mneme.measure.RemainingGain;
import dev.mneme.model.GptConfig;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Fitted laws as JSON. Intervals are objects with `low`, `mean`, `high` and `observations`.
///
/// Capacity, `mneme-capacity-law/1`: `label`, `published` and `precisions`, one object each with
/// `models` (shape, `parameters`, `steps`, `sequences` at the peak, `capacityBits`, `enclosed`,
/// `plateau` in words, `jamsBeyondPeak`, `growth` over the last doubling of steps or null,
/// `fitted`, what was left out), `law` (`alpha` over models, `alphaOverSeeds`, `meanOverModels`,
/// `rSquared`, `residualBits`) or null, `heldOut` and `ablations`.
///
/// Convergence, `mneme-convergence-check/1`: `coverage` (null without rows) and `rows` (shape,
/// `precision`, `recipe`, `sequences`, `steps`, `lengths`, `seeds`, `netBits`, the predicted
/// `share`, `low` and `high`, `measured`, `held`), and `forecasts`, the same without the last two
/// where nothing longer was run.
///
/// Membership, `mneme-membership-law/1`: `constants` with intervals, `residualDeviation`,
/// `atBounds`, `published` with its errors, `heldOut` or null, and `caveats`.
public final class LawJson {
  /// Version of the capacity format.
  public static final String CAPACITY_FORMAT = "mneme-capacity-law/1";

  /// Version of the format of convergence checks.
  public static final String CONVERGENCE_FORMAT = "mneme-convergence-check/1";

  /// Version of the membership format.
  public static final String MEMBERSHIP_FORMAT = "mneme-membership-law/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private LawJson() {}

  /// Writes the analyses of all precisions.
  public static String capacity(List<CapacityAnalysis> analyses) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", CAPACITY_FORMAT)
        .put("label", "capacities are lower bounds at their training budgets");
    node.putObject("published").put("bf16", 3.51).put("fp32", 3.83).put("line", 3.64);
    ArrayNode precisions = node.putArray("precisions");
    analyses.forEach(analysis -> put(precisions.addObject(), analysis));
    return text(node);
  }

  /// Writes extrapolations beside what came of them.
  public static String convergence(RemainingGainCheck check) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", CONVERGENCE_FORMAT).putNull("coverage");
    if (!check.rows().isEmpty()) {
      node.put("coverage", check.coverage());
    }
    ArrayNode rows = node.putArray("rows");
    for (RemainingGainCheck.Row row : check.rows()) {
      ObjectNode child = rows.addObject();
      put(child, row.predicted());
      child.put("measured", row.measured()).put("held", row.held());
    }
    ArrayNode forecasts = node.putArray("forecasts");
    check.forecasts().forEach(forecast -> put(forecasts.addObject(), forecast));
    return text(node);
  }

  private static void put(ObjectNode node, RemainingGainCheck.Prediction prediction) {
    put(node, prediction.model());
    node.put("precision", prediction.precision())
        .put("recipe", prediction.recipe())
        .put("sequences", prediction.sequences())
        .put("steps", prediction.steps())
        .put("lengths", prediction.lengths())
        .put("seeds", prediction.seeds())
        .put("netBits", prediction.net().value());
    put(node, prediction.gain());
  }

  private static void put(ObjectNode node, RemainingGain gain) {
    node.put("share", gain.share()).put("low", gain.low()).put("high", gain.high());
  }

  private static void put(ObjectNode node, CapacityAnalysis analysis) {
    node.put("precision", analysis.precision());
    ArrayNode models = node.putArray("models");
    for (MeasuredCapacity capacity : analysis.capacities()) {
      ObjectNode model = models.addObject();
      put(model, capacity.model());
      model
          .put("parameters", capacity.parameters())
          .put("steps", capacity.steps())
          .put("recipe", capacity.peak().recipe())
          .put("sequences", capacity.peak().sequences());
      put(model.putObject("capacityBits"), capacity.peak().net());
      model
          .put("enclosed", capacity.plateau().enclosed())
          .put("plateau", capacity.plateau().explanation())
          .put("jamsBeyondPeak", capacity.jamsBeyondPeak())
          .put("fitted", analysis.fitted().contains(capacity))
          .put("leftOutWithFewerSteps", capacity.withFewerSteps())
          .put("leftOutWithOtherRecipes", capacity.withOtherRecipes())
          .putNull("growth");
      if (capacity.convergence().measured()) {
        model.put("growth", capacity.convergence().growth());
      }
      model.putNull("tenTimesTheStepsWouldAdd");
      capacity
          .convergence()
          .remaining()
          .ifPresent(gain -> put(model.putObject("tenTimesTheStepsWouldAdd"), gain));
    }
    node.putNull("law");
    analysis.law().ifPresent(law -> put(node.putObject("law"), law));
    ArrayNode heldOut = node.putArray("heldOut");
    analysis
        .heldOut()
        .ifPresent(comparison -> {
          for (CapacityComparison.Row row : comparison.rows()) {
            ObjectNode child = heldOut.addObject().put("parameters", row.parameters());
            child
                .putObject("predictedBits")
                .put("low", row.predicted().low().value())
                .put("value", row.predicted().value().value())
                .put("high", row.predicted().high().value());
            put(child.putObject("measuredBits"), row.measured());
            child.put("relativeError", row.relativeError());
          }
        });
    ArrayNode ablations = node.putArray("ablations");
    analysis.ablations().forEach(series -> put(ablations.addObject(), series));
  }

  private static void put(ObjectNode node, CapacityLaw law) {
    put(node.putObject("alpha"), law.line().slope());
    node.putNull("alphaOverSeeds");
    law.overSeeds().ifPresent(interval -> put(node.putObject("alphaOverSeeds"), interval));
    put(node.putObject("meanOverModels"), law.meanOverModels());
    node.put("rSquared", law.line().rSquared());
    ArrayNode residuals = node.putArray("residualBits");
    law.models().forEach(model -> residuals.add(model.residual().value()));
  }

  private static void put(ObjectNode node, AblationSeries series) {
    node.put(
            "varied",
            switch (series.varied()) {
              case SEQUENCE_LENGTH -> "sequence-length";
              case VOCABULARY -> "vocabulary";
            })
        .put("alpha", series.table().alpha().value());
    ArrayNode rows = node.putArray("rows");
    for (int i = 0; i < series.sizes().size(); i++) {
      Ablation.Row row = series.table().rows().get(i);
      ObjectNode child = rows.addObject();
      put(child, series.sizes().get(i).trials().getFirst().model());
      child
          .put("parameters", row.trial().parameters())
          .put("sequences", row.trial().sequences())
          .put("expectedBits", row.expected().value())
          .put("reachableBits", row.reachable().value());
      put(child.putObject("measuredBits"), series.sizes().get(i).net());
    }
  }

  private static void put(ObjectNode node, GptConfig model) {
    node.put("layers", model.layers())
        .put("width", model.width())
        .put("heads", model.heads())
        .put("vocabulary", model.vocabularySize())
        .put("sequenceLength", model.contextLength());
  }

  private static void put(ObjectNode node, Interval interval) {
    node.put("low", interval.low())
        .put("mean", interval.mean())
        .put("high", interval.high())
        .put("observations", interval.observations());
  }

  /// Writes a membership analysis.
  public static String membership(MembershipAnalysis analysis) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    MembershipFit fit = analysis.fit();
    node.put("format", MEMBERSHIP_FORMAT).put("observations", analysis.observations().size());
    ObjectNode constants = node.putObject("constants");
    put(constants.putObject("c1"), fit.c1());
    put(constants.putObject("c2"), fit.c2());
    put(constants.putObject("c3"), fit.c3());
    node.put("residualDeviation", fit.residualDeviation())
        .put("atBounds", fit.atBounds())
        .put("exponential", fit.exponential())
        .put("resamples", fit.resampled().size());
    MembershipLaw law = analysis.published().predictor().law();
    node.putObject("published")
        .put("c1", law.c1())
        .put("c2", law.c2())
        .put("c3", law.c3())
        .put("largestError", analysis.published().largestError())
        .put("rootMeanSquareError", analysis.published().rootMeanSquareError());
    node.putNull("heldOut");
    analysis.heldOut().ifPresent(comparison -> put(node.putObject("heldOut"), comparison));
    ArrayNode caveats = node.putArray("caveats");
    Prediction.CAVEATS.forEach(caveats::add);
    return text(node);
  }

  private static void put(ObjectNode node, MembershipComparison comparison) {
    node.put("largestError", comparison.largestError())
        .put("rootMeanSquareError", comparison.rootMeanSquareError());
    ArrayNode rows = node.putArray("rows");
    for (MembershipComparison.Row row : comparison.rows()) {
      ObjectNode child =
          rows.addObject()
              .put("parameters", row.observation().parameters())
              .put("dataBitsPerParameter", row.observation().dataBitsPerParameter())
              .put("observed", row.observation().f1());
      child
          .putObject("predicted")
          .put("low", row.predicted().low())
          .put("value", row.predicted().value())
          .put("high", row.predicted().high());
    }
  }

  private static String text(ObjectNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
