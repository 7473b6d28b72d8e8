package dev.mneme.model.checkpoint;

import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Role;
import dev.mneme.model.ParameterLayout.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A folder with `config.json` and `model.safetensors` as Hugging Face's `GPT2LMHeadModel` opens
/// it.
///
/// That layout has no row for the begin-of-sequence symbol (BOS). Its embedding enters at position
/// 0 only, so writing folds it into the position embedding: `wpe[0] := wpe[0] + bos − wte[0]`, and
/// token 0 at position 0 then stands for BOS. All S code lengths are those of the original.
public final class HuggingFaceCheckpoint {
  public static final String CONFIG_FILE = "config.json";
  public static final String WEIGHTS_FILE = "model.safetensors";

  private static final String PREFIX = "transformer.";
  private static final String HEAD = "lm_head.weight";

  private HuggingFaceCheckpoint() {}

  /// Writes a model in single precision.
  ///
  /// @param folder must not be there yet, or be empty
  /// @param parameters flat vector in the order of [ParameterLayout]
  /// @throws java.nio.file.FileAlreadyExistsException where the folder holds something
  /// @throws IllegalArgumentException where the vector does not fit or a value is not finite
  public static void write(Path folder, GptConfig config, double[] parameters) throws IOException {
    ParameterLayout layout = ParameterLayout.of(config);
    if (parameters.length != layout.size()) {
      throw new IllegalArgumentException(
          "the model has " + layout.size() + " values, but was given " + parameters.length);
    }
    double[] folded = parameters.clone();
    int wte = layout.tensor("wte.weight").offset();
    int wpe = layout.tensor("wpe.weight").offset();
    int bos = layout.tensor("bos.weight").offset();
    for (int i = 0; i < config.width(); i++) {
      folded[wpe + i] = parameters[wpe + i] + parameters[bos + i] - parameters[wte + i];
    }
    List<TensorData> tensors =
        layout.tensors().stream()
            .filter(tensor -> tensor.role() != Role.BOS_EMBEDDING)
            .map(
                tensor -> new TensorData(fileName(tensor), tensor.shape(), folded, tensor.offset()))
            .toList();
    AtomicFiles.createFolder(
        folder,
        partial -> {
          AtomicFiles.writeAndForce(
              partial.resolve(CONFIG_FILE),
              output ->
                  output.write(
                      new JsonMapper()
                          .writerWithDefaultPrettyPrinter()
                          .writeValueAsBytes(describe(config))));
          AtomicFiles.writeAndForce(
              partial.resolve(WEIGHTS_FILE),
              output -> SafetensorsWriter.writeFloat(output, tensors, Map.of("format", "pt")));
        });
  }

  private static String fileName(Tensor tensor) {
    return tensor.name().equals(HEAD) ? HEAD : PREFIX + tensor.name();
  }

  private static Map<String, Object> describe(GptConfig config) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model_type", "gpt2");
    fields.put("architectures", List.of("GPT2LMHeadModel"));
    fields.put("vocab_size", config.vocabularySize());
    fields.put("n_positions", config.contextLength());
    fields.put("n_ctx", config.contextLength());
    fields.put("n_embd", config.width());
    fields.put("n_layer", config.layers());
    fields.put("n_head", config.heads());
    fields.put("n_inner", null);
    fields.put("activation_function", "gelu_new");
    fields.put("layer_norm_epsilon", GptConfig.LAYER_NORM_EPSILON);
    fields.put("scale_attn_weights", true);
    fields.put("scale_attn_by_inverse_layer_idx", false);
    fields.put("reorder_and_upcast_attn", false);
    fields.put("resid_pdrop", 0.0);
    fields.put("embd_pdrop", 0.0);
    fields.put("attn_pdrop", 0.0);
    fields.put("initializer_range", 0.02);
    fields.put("bos_token_id", 0);
    fields.put("eos_token_id", null);
    fields.put("tie_word_embeddings", config.tiedHead());
    fields.put("torch_dtype", "float32");
    fields.put("use_cache", true);
    return fields;
  }

  /// Reads a GPT-2 in which the token `bos_token_id` at position 0 begins every sequence: its
  /// embedding becomes the BOS row.
  ///
  /// @throws CorruptCheckpointException naming everything that is missing, malformed or not
  ///   supported
  /// @throws IOException where a file cannot be read
  public static ModelWeights read(Path folder) throws IOException {
    GptConfigFile description = GptConfigFile.read(folder.resolve(CONFIG_FILE));
    GptConfig config = description.config();
    ParameterLayout layout = layout(folder, config);
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS_FILE))) {
      Map<Tensor, String> names = match(folder.resolve(WEIGHTS_FILE), file, layout);
      double[] parameters = new double[layout.size()];
      for (Map.Entry<Tensor, String> entry : names.entrySet()) {
        file.read(entry.getValue(), parameters, entry.getKey().offset());
      }
      int wte = layout.tensor("wte.weight").offset() + description.bosToken() * config.width();
      System.arraycopy(
          parameters, wte, parameters, layout.tensor("bos.weight").offset(), config.width());
      return new ModelWeights(config, parameters);
    }
  }

  /// Reads the model's shape alone, from [#CONFIG_FILE].
  ///
  /// @throws CorruptCheckpointException naming everything that is missing, malformed or not
  ///   supported
  /// @throws IOException where the file cannot be read
  public static GptConfig readConfig(Path folder) throws IOException {
    return GptConfigFile.read(folder.resolve(CONFIG_FILE)).config();
  }

  private static ParameterLayout layout(Path folder, GptConfig config) throws IOException {
    try {
      return ParameterLayout.of(config);
    } catch (ArithmeticException e) {
      throw new CorruptCheckpointException(
          folder.resolve(CONFIG_FILE),
          "model size",
          config.toString(),
          "at most 2147483647 parameters",
          "Such a model is too large for one vector.");
    }
  }

  /// Finds each tensor under its name, with or without the prefix; checks shapes before anything of
  /// the model's size is allocated.
  private static Map<Tensor, String> match(Path path, SafetensorsFile file, ParameterLayout layout)
      throws IOException {
    Map<Tensor, String> names = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    List<String> unknown = new ArrayList<>(file.entries().keySet());
    unknown.removeIf(HuggingFaceCheckpoint::isBuffer);
    if (layout.config().tiedHead()) {
      unknown.remove(HEAD); // some writers store the shared matrix twice
    }
    for (Tensor tensor : layout.tensors()) {
      if (tensor.role() == Role.BOS_EMBEDDING) {
        continue;
      }
      String prefixed = fileName(tensor);
      String name = file.entries().containsKey(prefixed) ? prefixed : tensor.name();
      SafetensorsFile.Entry entry = file.entries().get(name);
      List<Long> expected = tensor.shape().stream().map(Integer::longValue).toList();
      if (entry == null) {
        problems.add(
            new Problem(
                "tensor " + prefixed,
                "nothing",
                "shape " + expected,
                "Number of layers and head in " + CONFIG_FILE + " must fit the weights."));
      } else if (!entry.shape().equals(expected)) {
        problems.add(
            new Problem(
                "tensor " + name,
                "shape " + entry.shape(),
                "shape " + expected,
                "Sizes in " + CONFIG_FILE + " must fit the weights."));
      }
      names.put(tensor, name);
      unknown.remove(name);
    }
    for (String name : unknown.subList(0, Math.min(unknown.size(), 10))) {
      problems.add(
          new Problem(
              "tensor " + name, "a tensor", "none of that name", "Only plain GPT-2 is read."));
    }
    if (!problems.isEmpty()) {
      throw new CorruptCheckpointException(path, problems);
    }
    return names;
  }

  /// Causal masks that older writers stored beside the weights.
  private static boolean isBuffer(String name) {
    return name.endsWith(".attn.bias") || name.endsWith(".attn.masked_bias");
  }

  /// What `config.json` says.
  ///
  /// @param bosToken in `[0, vocabularySize)`
  private record GptConfigFile(GptConfig config, int bosToken) {
    private static final String HINT = "Only plain GPT-2 is read.";

    static GptConfigFile read(Path file) throws IOException {
      JsonNode root = StrictJson.readObject(file);
      List<Problem> problems = new ArrayList<>();
      requireText(problems, root, "model_type", List.of("gpt2"), false);
      requireText(
          problems, root, "activation_function", List.of("gelu_new", "gelu_pytorch_tanh"), true);
      int layers = requireWhole(problems, root, "n_layer");
      int width = requireWhole(problems, root, "n_embd");
      int heads = requireWhole(problems, root, "n_head");
      int vocabulary = requireWhole(problems, root, "vocab_size");
      int positions = requireWhole(problems, root, "n_positions");
      int bosToken = requireWhole(problems, root, "bos_token_id");
      boolean tied = flag(problems, root, "tie_word_embeddings", true);
      if (!flag(problems, root, "scale_attn_weights", true)) {
        problems.add(new Problem("scale_attn_weights", "false", "true", HINT));
      }
      if (flag(problems, root, "scale_attn_by_inverse_layer_idx", false)) {
        problems.add(new Problem("scale_attn_by_inverse_layer_idx", "true", "false", HINT));
      }
      JsonNode epsilon = root.path("layer_norm_epsilon");
      if (!epsilon.isMissingNode()
          && !(epsilon.isNumber() && epsilon.doubleValue() == GptConfig.LAYER_NORM_EPSILON)) {
        problems.add(
            new Problem(
                "layer_norm_epsilon",
                shorten(epsilon),
                String.valueOf(GptConfig.LAYER_NORM_EPSILON),
                HINT));
      }
      JsonNode inner = root.path("n_inner");
      if (!inner.isMissingNode()
          && !inner.isNull()
          && !(inner.canConvertToInt() && inner.intValue() == 4L * width)) {
        problems.add(new Problem("n_inner", shorten(inner), "null or 4 * n_embd", HINT));
      }
      if (problems.isEmpty() && (bosToken < 0 || bosToken >= vocabulary)) {
        problems.add(
            new Problem(
                "bos_token_id",
                String.valueOf(bosToken),
                "0 to vocab_size - 1",
                "Name the token that begins every sequence."));
      }
      if (problems.isEmpty()) {
        try {
          return new GptConfigFile(
              new GptConfig(layers, width, heads, vocabulary, positions, tied), bosToken);
        } catch (InvalidConfigurationException e) {
          problems.addAll(e.problems());
        }
      }
      throw new CorruptCheckpointException(file, problems);
    }

    private static void requireText(
        List<Problem> problems,
        JsonNode root,
        String field,
        List<String> supported,
        boolean optional) {
      JsonNode node = root.path(field);
      if (!(optional && node.isMissingNode())
          && !(node.isString() && supported.contains(node.stringValue()))) {
        problems.add(new Problem(field, shorten(node), String.join(" or ", supported), HINT));
      }
    }

    private static int requireWhole(List<Problem> problems, JsonNode root, String field) {
      JsonNode node = root.path(field);
      if (!node.isIntegralNumber() || !node.canConvertToInt()) {
        problems.add(
            new Problem(field, shorten(node), "a whole number", "Take it from the model's card."));
        return 0;
      }
      return node.intValue();
    }

    private static boolean flag(
        List<Problem> problems, JsonNode root, String field, boolean otherwise) {
      JsonNode node = root.path(field);
      if (!node.isMissingNode() && !node.isBoolean()) {
        problems.add(new Problem(field, shorten(node), "true or false", HINT));
      }
      return node.isBoolean() ? node.booleanValue() : otherwise;
    }

    private static String shorten(JsonNode node) {
      String text = node.isMissingNode() ? "nothing" : node.toString();
      return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
  }
}
