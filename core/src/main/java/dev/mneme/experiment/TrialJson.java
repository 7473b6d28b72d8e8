package dev.mneme.experiment;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import dev.mneme.unit.ParameterCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One trial as one line of JSON, with everything needed to understand it alone, and back again
/// exactly.
///
/// - `format`: `mneme-trial/1`; `status`: `finished`, `diverged` or `failed`; `id`
/// - `specification`: `model`, `sequences`, `seed`, `training` (with `muon` where that is the
///   optimizer; AdamW otherwise), and on text `data`: `corpus`, `tokenizer`, `hash`, and how many
///   sequences of which kind were measured
/// - `convention`: what the figures count: the begin-of-sequence symbol is an input only, all
///   `positionsPerSequence` positions are predicted and counted, and `parameters` are stated with
///   and without embeddings
/// - `provenance`: engine, data hash, versions, machine, seconds and tokens per second
/// - of a finished trial `bitsPerParameter`, `ceilingBits`, `shareOfCeiling` (`null` for a ceiling
///   of 0), `training`, `fresh` and `untrained` (each with `entropyBits`, `netBits`, `clippedBits`
///   and `netStandardErrorBits`) and `curve` (`step`, `netBits`, on text `heldOutNetBits`); on text
///   `fresh` is held-out text and bits are relative to the uniform code
/// - of a diverged one `step` and `reason`, of a failed one `reason`
public final class TrialJson {
  /// Version of the format.
  public static final String FORMAT = "mneme-trial/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TrialJson() {}

  /// A line of JSON, without the line break.
  public static String write(TrialResult result) {
    TrialSpecification trial = result.specification();
    ObjectNode node = NODES.objectNode();
    node.put("format", FORMAT);
    node.put("status", status(result));
    node.put("id", result.id());
    node.set("specification", node(trial));
    ObjectNode convention = node.putObject("convention");
    convention.put(
        "beginOfSequence", "an input at position 0 only, never an output; its row is not counted");
    convention.put("positionsPerSequence", trial.model().contextLength());
    convention.set("parameters", node(trial.model().parameterCount()));
    node.set("provenance", node(result.provenance()));
    switch (result) {
      case TrialResult.Finished finished -> putFigures(node, finished);
      case TrialResult.Diverged diverged ->
          node.put("step", diverged.step()).put("reason", diverged.reason());
      case TrialResult.Failed failed -> node.put("reason", failed.reason());
    }
    return MAPPER.writeValueAsString(node);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws MalformedTrialException where the text is not such a line
  public static TrialResult read(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      String format = node.required("format").asString();
      if (!format.equals(FORMAT)) {
        throw new MalformedTrialException("a trial of format " + format + ", expected " + FORMAT);
      }
      return result(node);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedTrialException("not a trial: " + firstLine(e), e);
    }
  }

  /// A specification alone, as in the lines of [#write].
  public static String writeSpecification(TrialSpecification trial) {
    return MAPPER.writeValueAsString(node(trial));
  }

  /// Reads what [#writeSpecification] wrote.
  ///
  /// @throws MalformedTrialException where the text is no specification
  public static TrialSpecification readSpecification(String text) {
    try {
      return specification(MAPPER.readTree(text));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedTrialException("not the specification of a trial: " + firstLine(e), e);
    }
  }

  private static ObjectNode node(TrialSpecification trial) {
    ObjectNode node = NODES.objectNode();
    node.set("model", node(trial.model()));
    node.put("sequences", trial.sequences());
    node.put("seed", trial.seed());
    node.set("training", node(trial.plan()));
    if (trial.data() instanceof DataSource.TextSource text) {
      node.set("data", node(text));
    }
    return node;
  }

  private static TrialSpecification specification(JsonNode node) {
    return new TrialSpecification(
        model(node.required("model")),
        node.required("sequences").asInt(),
        plan(node.required("training")),
        node.required("seed").asLong(),
        node.has("data") ? text(node.required("data")) : DataSource.RANDOM_TOKENS);
  }

  private static ObjectNode node(DataSource.TextSource text) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("corpus", text.corpus())
            .put("tokenizer", text.tokenizer())
            .put("hash", text.hash())
            .put("test", text.test())
            .put("reference", text.reference())
            .put("probed", text.probed());
    ArrayNode prefixes = node.putArray("prefixes");
    text.prefixes().forEach(prefixes::add);
    return node;
  }

  private static DataSource.TextSource text(JsonNode node) {
    List<Integer> prefixes = new ArrayList<>();
    node.required("prefixes").forEach(prefix -> prefixes.add(prefix.asInt()));
    return new DataSource.TextSource(
        node.required("corpus").asString(),
        node.required("tokenizer").asString(),
        node.required("hash").asString(),
        node.required("test").asInt(),
        node.required("reference").asInt(),
        node.required("probed").asInt(),
        prefixes);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  static String status(TrialResult result) {
    return switch (result) {
      case TrialResult.Finished finished -> "finished";
      case TrialResult.Diverged diverged -> "diverged";
      case TrialResult.Failed failed -> "failed";
    };
  }

  private static TrialResult result(JsonNode node) {
    TrialSpecification trial = specification(node.required("specification"));
    String id = node.required("id").asString();
    Provenance provenance = provenance(node.required("provenance"));
    String status = node.required("status").asString();
    return switch (status) {
      case "finished" ->
          new TrialResult.Finished(
              trial,
              id,
              provenance,
              memorization(node.required("training")),
              memorization(node.required("fresh")),
              memorization(node.required("untrained")),
              bits(node, "ceilingBits"),
              curve(node.required("curve")));
      case "diverged" ->
          new TrialResult.Diverged(
              trial,
              id,
              provenance,
              node.required("step").asLong(),
              node.required("reason").asString());
      case "failed" ->
          new TrialResult.Failed(trial, id, provenance, node.required("reason").asString());
      default -> throw new MalformedTrialException("a trial of status " + status);
    };
  }

  private static void putFigures(ObjectNode node, TrialResult.Finished trial) {
    node.put("bitsPerParameter", trial.bitsPerParameter().value());
    node.put("ceilingBits", trial.ceiling().value());
    if (trial.ceiling().value() > 0) {
      node.put("shareOfCeiling", trial.training().net().value() / trial.ceiling().value());
    } else {
      node.putNull("shareOfCeiling");
    }
    node.set("training", node(trial.training()));
    node.set("fresh", node(trial.fresh()));
    node.set("untrained", node(trial.untrained()));
    ArrayNode curve = node.putArray("curve");
    trial.curve().forEach(point -> curve.add(node(point)));
  }

  private static List<CurvePoint> curve(JsonNode node) {
    List<CurvePoint> points = new ArrayList<>();
    node.forEach(point -> points.add(point(point)));
    return points;
  }

  static ObjectNode node(CurvePoint point) {
    ObjectNode node =
        NODES.objectNode().put("step", point.step()).put("netBits", point.net().value());
    point.heldOut().ifPresent(heldOut -> node.put("heldOutNetBits", heldOut.value()));
    return node;
  }

  static CurvePoint point(JsonNode node) {
    return new CurvePoint(
        node.required("step").asLong(),
        bits(node, "netBits"),
        node.has("heldOutNetBits") ? Optional.of(bits(node, "heldOutNetBits")) : Optional.empty());
  }

  private static ObjectNode node(Memorization memorization) {
    return NODES
        .objectNode()
        .put("entropyBits", memorization.entropy().value())
        .put("netBits", memorization.net().value())
        .put("clippedBits", memorization.clipped().value())
        .put("netStandardErrorBits", memorization.netStandardError().value());
  }

  private static Memorization memorization(JsonNode node) {
    return new Memorization(
        bits(node, "entropyBits"),
        bits(node, "netBits"),
        bits(node, "clippedBits"),
        bits(node, "netStandardErrorBits"));
  }

  private static Bits bits(JsonNode node, String name) {
    return new Bits(node.required(name).asDouble());
  }

  static ObjectNode node(GptConfig model) {
    return NODES
        .objectNode()
        .put("layers", model.layers())
        .put("width", model.width())
        .put("heads", model.heads())
        .put("vocabularySize", model.vocabularySize())
        .put("contextLength", model.contextLength())
        .put("tiedHead", model.tiedHead());
  }

  private static GptConfig model(JsonNode node) {
    return new GptConfig(
        node.required("layers").asInt(),
        node.required("width").asInt(),
        node.required("heads").asInt(),
        node.required("vocabularySize").asInt(),
        node.required("contextLength").asInt(),
        node.required("tiedHead").asBoolean());
  }

  static ObjectNode node(ParameterCount count) {
    return NODES
        .objectNode()
        .put("total", count.total())
        .put("withoutEmbeddings", count.withoutEmbeddings());
  }

  private static ObjectNode node(TrainingPlan plan) {
    ObjectNode node = NODES.objectNode();
    node.put("steps", plan.steps());
    node.put("batchSize", plan.batchSize());
    node.putObject("schedule")
        .put("peak", plan.schedule().peak())
        .put("warmup", plan.schedule().warmup())
        .put("flat", plan.schedule().flat())
        .put("decay", plan.schedule().decay().name());
    AdamW adamW = plan.optimizer().adamW();
    node.put("beta1", adamW.beta1());
    node.put("beta2", adamW.beta2());
    node.put("epsilon", adamW.epsilon());
    node.put("weightDecay", adamW.weightDecay());
    if (plan.optimizer() instanceof Muon muon) {
      node.putObject("muon")
          .put("momentum", muon.momentum())
          .put("matrixScale", muon.matrixScale())
          .put("embeddingRate", muon.embeddingRate());
    }
    node.putObject("initialization")
        .put("embeddingDeviation", plan.initialization().embeddingDeviation())
        .put("weightDeviation", plan.initialization().weightDeviation());
    node.put("curvePoints", plan.curvePoints());
    return node;
  }

  private static TrainingPlan plan(JsonNode node) {
    JsonNode schedule = node.required("schedule");
    JsonNode initialization = node.required("initialization");
    return new TrainingPlan(
        node.required("steps").asLong(),
        node.required("batchSize").asInt(),
        new LearningRateSchedule(
            schedule.required("peak").asDouble(),
            schedule.required("warmup").asDouble(),
            schedule.required("flat").asDouble(),
            LearningRateSchedule.Decay.valueOf(schedule.required("decay").asString())),
        optimizer(node),
        new Initialization(
            initialization.required("embeddingDeviation").asDouble(),
            initialization.required("weightDeviation").asDouble()),
        node.required("curvePoints").asInt());
  }

  private static Optimizer optimizer(JsonNode node) {
    AdamW adamW =
        new AdamW(
            node.required("beta1").asDouble(),
            node.required("beta2").asDouble(),
            node.required("epsilon").asDouble(),
            node.required("weightDecay").asDouble());
    if (!node.has("muon")) {
      return adamW;
    }
    JsonNode muon = node.required("muon");
    return new Muon(
        muon.required("momentum").asDouble(),
        muon.required("matrixScale").asDouble(),
        muon.required("embeddingRate").asDouble(),
        adamW);
  }

  private static ObjectNode node(Provenance provenance) {
    ObjectNode node = NODES.objectNode();
    node.putObject("engine")
        .put("name", provenance.engine().name())
        .put("numericsVersion", provenance.engine().numericsVersion())
        .put("vectorBits", provenance.engine().vectorBits())
        .put("precision", provenance.engine().precision());
    node.put("dataHash", provenance.dataHash());
    node.put("mnemeVersion", provenance.mnemeVersion());
    node.put("java", provenance.java());
    node.put("operatingSystem", provenance.operatingSystem());
    node.put("processor", provenance.processor());
    node.put("seconds", provenance.seconds());
    provenance.coreSeconds().ifPresent(seconds -> node.put("coreSeconds", seconds));
    node.put("trainedTokens", provenance.trainedTokens());
    node.put("tokensPerSecond", provenance.tokensPerSecond());
    return node;
  }

  /// Empty in what was written before it was measured, or where it could not be.
  static OptionalDouble coreSeconds(JsonNode node) {
    return node.has("coreSeconds")
        ? OptionalDouble.of(node.get("coreSeconds").asDouble())
        : OptionalDouble.empty();
  }

  private static Provenance provenance(JsonNode node) {
    JsonNode engine = node.required("engine");
    return new Provenance(
        new EngineIdentity(
            engine.required("name").asString(), engine.required("numericsVersion").asInt(),
            engine.required("vectorBits").asInt(), engine.required("precision").asString()),
        node.required("dataHash").asString(),
        node.required("mnemeVersion").asString(),
        node.required("java").asString(),
        node.required("operatingSystem").asString(),
        node.required("processor").asString(),
        node.required("seconds").asDouble(),
        coreSeconds(node),
        node.required("trainedTokens").asLong());
  }
}
