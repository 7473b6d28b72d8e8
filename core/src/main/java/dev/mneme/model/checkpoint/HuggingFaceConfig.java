package dev.mneme.model.checkpoint;

import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// The size of a model as its `config.json` tells it, without its weights: also of models that
/// Mneme cannot train or read.
///
/// Two layouts are counted. *GPT-2*: learned positions, LayerNorm, biases (`gpt2`). *Llama*: no
/// position parameters, RMSNorm, gated feed-forward, grouped keys and values (`llama`, `mistral`;
/// `qwen2` with its biases of queries, keys and values; `qwen3` with its norms of queries and
/// keys). Without `model_type` the fields decide. Others, such as mixtures of experts, are refused
/// rather than miscounted.
///
/// @param type `model_type`, or the layout that the fields show
/// @param parameters all trainable numbers; a tied embedding once
/// @param vocabularySize V as the file states it, perhaps padded
/// @param contextLength most tokens that the model reads at once, where stated
public record HuggingFaceConfig(
    String type, long parameters, int vocabularySize, OptionalInt contextLength) {
  private static final String CARD = "Take it from the model's card, or give --parameters.";
  private static final List<String> GPT2 = List.of("gpt2");
  private static final List<String> LLAMA = List.of("llama", "mistral", "qwen2", "qwen3");

  // Far beyond any model, and together so that no product below leaves 63 bits.
  private static final int MOST_LAYERS = 1000;
  private static final int MOST_WIDTH = 1_000_000;
  private static final int MOST_HEADS = 10_000;
  private static final int MOST_HEAD_WIDTH = 100_000;
  private static final int MOST = 10_000_000;

  /// Reads a file.
  ///
  /// @throws CorruptCheckpointException naming every field that is missing or out of range
  /// @throws IOException where the file cannot be read
  public static HuggingFaceConfig read(Path file) throws IOException {
    JsonNode root = StrictJson.readObject(file);
    Fields fields = new Fields(root);
    Optional<String> type = type(root, fields);
    Optional<HuggingFaceConfig> config =
        type.map(name -> GPT2.contains(name) ? gpt2(fields) : llama(name, fields));
    if (!fields.problems.isEmpty()) {
      throw new CorruptCheckpointException(file, fields.problems);
    }
    return config.orElseThrow();
  }

  /// The model type; empty, with a problem noted, where it is none of the known ones.
  private static Optional<String> type(JsonNode root, Fields fields) {
    JsonNode given = root.path("model_type");
    if (given.isMissingNode() || given.isNull()) {
      if (root.has("n_embd")) {
        return Optional.of("gpt2");
      }
      if (root.has("hidden_size") && root.has("intermediate_size")) {
        return Optional.of("llama");
      }
    }
    String name = given.isString() ? given.stringValue() : "";
    if (GPT2.contains(name) || LLAMA.contains(name)) {
      return Optional.of(name);
    }
    fields.problem(
        "model_type",
        given,
        String.join(", ", GPT2)
            + ", "
            + String.join(", ", LLAMA)
            + ", or the fields of one of them",
        "Other layouts would be miscounted; give --parameters instead.");
    return Optional.empty();
  }

  private static HuggingFaceConfig gpt2(Fields fields) {
    long vocabulary = fields.whole("vocab_size", 2, MOST);
    long width = fields.whole("n_embd", 1, MOST_WIDTH);
    long layers = fields.whole("n_layer", 1, MOST_LAYERS);
    long positions = fields.whole("n_positions", 1, MOST);
    long inner = fields.wholeOr("n_inner", MOST, 4 * width);
    boolean tied = fields.flag("tie_word_embeddings", true);
    long norm = 2 * width;
    long attention = 4 * width * width + 4 * width;
    long feedForward = 2 * width * inner + inner + width;
    return new HuggingFaceConfig(
        "gpt2",
        vocabulary * width * (tied ? 1 : 2)
            + positions * width
            + layers * (attention + feedForward + 2 * norm)
            + norm,
        (int) vocabulary,
        OptionalInt.of((int) positions));
  }

  private static HuggingFaceConfig llama(String type, Fields fields) {
    long vocabulary = fields.whole("vocab_size", 2, MOST);
    long width = fields.whole("hidden_size", 1, MOST_WIDTH);
    long layers = fields.whole("num_hidden_layers", 1, MOST_LAYERS);
    long heads = fields.whole("num_attention_heads", 1, MOST_HEADS);
    long inner = fields.whole("intermediate_size", 1, MOST);
    long groups = fields.wholeOr("num_key_value_heads", MOST_HEADS, heads);
    long headWidth = fields.wholeOr("head_dim", MOST_HEAD_WIDTH, heads == 0 ? 0 : width / heads);
    boolean tied = fields.flag("tie_word_embeddings", false);
    boolean allBiases = fields.flag("attention_bias", false);
    boolean biases = allBiases || type.equals("qwen2");
    boolean feedForwardBiases = fields.flag("mlp_bias", false);
    long queries = heads * headWidth;
    long keys = groups * headWidth;
    long attention =
        width * (2 * queries + 2 * keys)
            + (biases ? queries + 2 * keys : 0)
            + (allBiases ? width : 0)
            + (type.equals("qwen3") ? 2 * headWidth : 0);
    long feedForward = 3 * width * inner + (feedForwardBiases ? 2 * inner + width : 0);
    return new HuggingFaceConfig(
        type,
        vocabulary * width * (tied ? 1 : 2)
            + layers * (attention + feedForward + 2 * width)
            + width,
        (int) vocabulary,
        fields.optional("max_position_embeddings"));
  }

  /// Reads fields and takes down what is wrong with them. A field in trouble reads as 0.
  private static final class Fields {
    private final JsonNode root;
    private final List<Problem> problems = new ArrayList<>();

    Fields(JsonNode root) {
      this.root = root;
    }

    long whole(String field, int least, int most) {
      JsonNode node = root.path(field);
      if (!node.isIntegralNumber()
          || !node.canConvertToInt()
          || node.intValue() < least
          || node.intValue() > most) {
        problem(field, node, "a whole number from " + least + " to " + most, CARD);
        return 0;
      }
      return node.intValue();
    }

    /// The same where absence has a meaning.
    long wholeOr(String field, int most, long otherwise) {
      JsonNode node = root.path(field);
      return node.isMissingNode() || node.isNull() ? otherwise : whole(field, 1, most);
    }

    OptionalInt optional(String field) {
      JsonNode node = root.path(field);
      return node.isMissingNode() || node.isNull()
          ? OptionalInt.empty()
          : OptionalInt.of((int) whole(field, 1, Integer.MAX_VALUE));
    }

    boolean flag(String field, boolean otherwise) {
      JsonNode node = root.path(field);
      if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
        problem(field, node, "true or false", CARD);
      }
      return node.isBoolean() ? node.booleanValue() : otherwise;
    }

    void problem(String field, JsonNode given, String expected, String hint) {
      String text = given.isMissingNode() ? "nothing" : given.toString();
      problems.add(
          new Problem(
              field, text.length() <= 80 ? text : text.substring(0, 77) + "...", expected, hint));
    }
  }
}
