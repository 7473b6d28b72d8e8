package dev.mneme.law;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Predictions as JSON, one object:
///
/// - `format`: `mneme-prediction/1`
/// - `models`: one object each with `name`, `parameters`, `sequenceLength`, `vocabulary`, `data`
///   (`tokens`, `samples`, `bits`), `alpha`, `capacityBits`, `dataToCapacity`, `regime`
///   (`memorizing`, `double-descent` or `generalizing`), `dataBitsPerParameter`, `membershipF1`,
///   `memorizedBitsPerSample` and `samplesForF1`. Values with bounds are objects with `low`,
///   `value` and `high`; `alpha` has its `origin` and `membershipF1` its `band` in words besides
/// - `largestModel`: `risk`, `dataBits` and `parameters`, the last `null` where any size will do;
///   `null` where no risk was given
/// - `caveats`: sentences that belong to the figures
public final class PredictionJson {
  /// Version of the format.
  public static final String FORMAT = "mneme-prediction/1";

  /// The F1 for which numbers of samples are given.
  public static final List<Double> LEVELS = List.of(0.55, 0.75, 0.95);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// One model.
  ///
  /// @param name as a reader knows it
  /// @param predictor what predicted
  /// @param prediction what it predicted
  public record Model(String name, Predictor predictor, Prediction prediction) {}

  /// How large a model may be.
  ///
  /// @param risk largest F1
  /// @param dataBits size of the data set
  /// @param parameters see [Predictor#largestModel]
  public record LargestModel(double risk, double dataBits, OptionalDouble parameters) {}

  private PredictionJson() {}

  /// Writes the object.
  public static String write(List<Model> models, Optional<LargestModel> largest) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", FORMAT);
    ArrayNode list = node.putArray("models");
    models.forEach(model -> put(list.addObject(), model));
    node.putNull("largestModel");
    largest.ifPresent(answer -> {
      ObjectNode child = node.putObject("largestModel");
      child.put("risk", answer.risk()).put("dataBits", answer.dataBits());
      put(child, "parameters", answer.parameters());
    });
    ArrayNode caveats = node.putArray("caveats");
    Prediction.CAVEATS.forEach(caveats::add);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private static void put(ObjectNode node, Model model) {
    Prediction prediction = model.prediction();
    Predictor predictor = model.predictor();
    node.put("name", model.name())
        .put("parameters", prediction.parameters())
        .put("sequenceLength", prediction.shape().sequenceLength())
        .put("vocabulary", prediction.shape().vocabularySize());
    ObjectNode data = node.putObject("data");
    data.put(
            "tokens",
            prediction.data().samples(prediction.shape()) * prediction.shape().sequenceLength())
        .put("samples", prediction.data().samples(prediction.shape()))
        .put("bits", prediction.dataBits().value());
    put(node, "alpha", predictor.alpha().perParameter(), alpha -> alpha.value())
        .put("origin", predictor.alpha().origin());
    put(node, "capacityBits", prediction.capacity(), bits -> bits.value());
    put(node, "dataToCapacity", prediction.dataToCapacity(), Double::doubleValue);
    node.put("regime", name(prediction.regime()))
        .put("dataBitsPerParameter", prediction.dataBitsPerParameter());
    put(node, "membershipF1", prediction.membership(), Double::doubleValue)
        .put("band", predictor.membership().bandLabel());
    put(node, "memorizedBitsPerSample", prediction.memorizedPerSample(), bits -> bits.value());
    ArrayNode levels = node.putArray("samplesForF1");
    for (double level : LEVELS) {
      ObjectNode child = levels.addObject().put("f1", level);
      put(child, "samples", predictor.samplesFor(prediction.parameters(), level));
    }
  }

  private static String name(Regime regime) {
    return switch (regime) {
      case MEMORIZING -> "memorizing";
      case DOUBLE_DESCENT -> "double-descent";
      case GENERALIZING -> "generalizing";
    };
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    node.putNull(name);
    value.ifPresent(number -> node.put(name, number));
  }

  private static <T extends Comparable<? super T>> ObjectNode put(
      ObjectNode node, String name, Estimate<T> estimate, ToDoubleFunction<T> value) {
    return node.putObject(name)
        .put("low", value.applyAsDouble(estimate.low()))
        .put("value", value.applyAsDouble(estimate.value()))
        .put("high", value.applyAsDouble(estimate.high()));
  }
}
