package dev.mneme.experiment;

import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What rounding does to models, as JSON, one object:
///
/// - `format`: `mneme-quantization/1`
/// - `models`: one object each with `folder`, `shape`, `parameters` (all trainable ones, BOS row
///   excluded), `sequences`, `seed`, `dataHash`, `entropyBits` and `curve`
/// - `curve`: one object for each format with `format`, `storedBitsPerParameter` (scales included),
///   `netBits`, `clippedBits`, `netStandardErrorBits` and `netBitsPerParameter`
public final class QuantizationJson {
  /// Version of the format.
  public static final String FORMAT = "mneme-quantization/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private QuantizationJson() {}

  /// A model and its curve.
  ///
  /// @param config its shape
  public record Model(GptConfig config, QuantizationCurve curve) {}

  /// Writes curves of models by the folders that the models lie in.
  public static String write(Map<String, Model> models) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    ArrayNode array = node.putArray("models");
    models.forEach((folder, model) -> put(array.addObject().put("folder", folder), model));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private static void put(ObjectNode node, Model model) {
    GptConfig config = model.config();
    double parameters = config.parameterCount().total();
    RandomTokenScore first = model.curve().points().getFirst().score();
    node.put("shape", config.layers() + "x" + config.width())
        .put("parameters", config.parameterCount().total())
        .put("sequences", first.sequences())
        .put("seed", first.seed())
        .put("dataHash", first.dataHash())
        .put("entropyBits", first.memorization().entropy().value());
    ArrayNode curve = node.putArray("curve");
    for (QuantizationCurve.Point point : model.curve().points()) {
      Memorization found = point.score().memorization();
      curve
          .addObject()
          .put("format", point.format().toString())
          .put("storedBitsPerParameter", point.stored().value() / parameters)
          .put("netBits", found.net().value())
          .put("clippedBits", found.clipped().value())
          .put("netStandardErrorBits", found.netStandardError().value())
          .put("netBitsPerParameter", found.net().value() / parameters);
    }
  }
}
