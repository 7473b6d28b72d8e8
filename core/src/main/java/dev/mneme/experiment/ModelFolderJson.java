package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.model.GptConfig;
import dev.mneme.model.checkpoint.TensorSummary;
import dev.mneme.training.ModelFolder;
import dev.mneme.unit.ParameterCount;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A verified model folder as JSON, one object:
///
/// - `format`: `mneme-model/1`
/// - `kind`: `hugging-face` or `training-checkpoint`
/// - `model`, `parameters`: shape; `total` and `withoutEmbeddings`
/// - `checkpoint`: `step`, `steps`, `seed`, `engine` and `dataHash`; `null` for `hugging-face`
/// - `tensors`: one object each with `name`, `shape`, `type`, `mean`, `deviation`
/// - `score`: `seed`, `sequences`, `engine`, `dataHash`, `entropyBits`, `netBits`, `clippedBits`
///   and `netStandardErrorBits`; `null` where none was asked for
public final class ModelFolderJson {
  /// Version of the format.
  public static final String FORMAT = "mneme-model/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ModelFolderJson() {}

  /// Writes everything known about a folder.
  public static String write(ModelFolder folder, Optional<RandomTokenScore> score) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", FORMAT);
    node.put("kind", folder.checkpoint().isPresent() ? "training-checkpoint" : "hugging-face");
    GptConfig config = folder.weights().config();
    node.putObject("model")
        .put("layers", config.layers())
        .put("width", config.width())
        .put("heads", config.heads())
        .put("vocabulary", config.vocabularySize())
        .put("length", config.contextLength())
        .put("tiedHead", config.tiedHead());
    ParameterCount count = config.parameterCount();
    node.putObject("parameters")
        .put("total", count.total())
        .put("withoutEmbeddings", count.withoutEmbeddings());
    node.putNull("checkpoint");
    folder
        .checkpoint()
        .ifPresent(checkpoint -> {
          ObjectNode child =
              node.putObject("checkpoint")
                  .put("step", checkpoint.step())
                  .put("steps", checkpoint.plan().steps())
                  .put("seed", checkpoint.seed().value());
          put(child, checkpoint.engine());
          child.put("dataHash", checkpoint.dataHash());
        });
    ArrayNode tensors = node.putArray("tensors");
    for (TensorSummary tensor : folder.tensors()) {
      ObjectNode child = tensors.addObject().put("name", tensor.name());
      ArrayNode shape = child.putArray("shape");
      tensor.shape().forEach(shape::add);
      child.put("type", tensor.type());
      child.putNull("mean");
      child.putNull("deviation");
      tensor.mean().ifPresent(mean -> child.put("mean", mean));
      tensor.deviation().ifPresent(deviation -> child.put("deviation", deviation));
    }
    node.putNull("score");
    score.ifPresent(scored -> {
      ObjectNode child =
          node.putObject("score").put("seed", scored.seed()).put("sequences", scored.sequences());
      put(child, scored.engine());
      child
          .put("dataHash", scored.dataHash())
          .put("entropyBits", scored.memorization().entropy().value())
          .put("netBits", scored.memorization().net().value())
          .put("clippedBits", scored.memorization().clipped().value())
          .put("netStandardErrorBits", scored.memorization().netStandardError().value());
    });
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private static void put(ObjectNode node, EngineIdentity engine) {
    node.putObject("engine")
        .put("name", engine.name())
        .put("numericsVersion", engine.numericsVersion())
        .put("vectorBits", engine.vectorBits())
        .put("precision", engine.precision());
  }
}
