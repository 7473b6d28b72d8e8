package dev.mneme.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Tensor;
import dev.mneme.model.checkpoint.AtomicFiles;
import dev.mneme.model.checkpoint.CorruptCheckpointException;
import dev.mneme.model.checkpoint.SafetensorsFile;
import dev.mneme.model.checkpoint.SafetensorsWriter;
import dev.mneme.model.checkpoint.StrictJson;
import dev.mneme.model.checkpoint.TensorData;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A [TrainingCheckpoint] as a folder:
///
/// - `training.json`: shape, plan, seed, data hash, engine and step;
/// - `model.safetensors`: the weights under the names of [ParameterLayout], BOS row included;
/// - `optimizer.safetensors`: both moments, `first_moment.NAME` and `second_moment.NAME`;
/// - `SHA256SUMS`: digests of the three in the format of `sha256sum`, so that no altered byte goes
///   unnoticed.
///
/// Values are stored in the numbers that the engine's optimizer keeps, so they come back exactly.
public final class TrainingCheckpointFiles {
  static final String DESCRIPTION_FILE = "training.json";
  static final String WEIGHTS_FILE = "model.safetensors";
  static final String OPTIMIZER_FILE = "optimizer.safetensors";
  static final String SUMS_FILE = "SHA256SUMS";

  /// Files that no other kind of model folder has.
  static final List<String> OWN_FILES = List.of(DESCRIPTION_FILE, OPTIMIZER_FILE, SUMS_FILE);

  private static final List<String> SUMMED =
      List.of(WEIGHTS_FILE, OPTIMIZER_FILE, DESCRIPTION_FILE);
  private static final List<String> FILES =
      List.of(DESCRIPTION_FILE, WEIGHTS_FILE, OPTIMIZER_FILE, SUMS_FILE);
  private static final String FORMAT = "mneme-training-checkpoint";
  private static final int VERSION = 2; // 1 knew one optimizer only
  private static final String HINT =
      "The checkpoint is truncated or altered; go on from another one or train anew.";

  /// How an optimizer is told apart in `training.json`.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = AdamW.class, name = "adamw"),
    @JsonSubTypes.Type(value = Muon.class, name = "muon")
  })
  private interface NamedOptimizer {}

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(Optimizer.class, NamedOptimizer.class)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /// The content of `training.json`.
  record Description(
      String format,
      int version,
      GptConfig config,
      TrainingPlan plan,
      Seed seed,
      String dataHash,
      EngineIdentity engine,
      long step) {}

  private TrainingCheckpointFiles() {}

  /// Writes a checkpoint; the folder is there whole or not at all.
  ///
  /// @param folder must not be there yet, or be empty
  /// @throws java.nio.file.FileAlreadyExistsException where the folder holds something
  /// @throws IllegalArgumentException where a value is not finite or not of the engine's precision
  public static void write(Path folder, TrainingCheckpoint checkpoint) throws IOException {
    ParameterLayout layout = ParameterLayout.of(checkpoint.config());
    ModelState state = checkpoint.state();
    boolean wide = checkpoint.engine().keepsDoublePrecision();
    if (!wide) {
      requireSinglePrecision(state);
    }
    List<TensorData> weights = tensors("", layout, state.parameters());
    List<TensorData> moments =
        new ArrayList<>(tensors("first_moment.", layout, state.firstMoment()));
    moments.addAll(tensors("second_moment.", layout, state.secondMoment()));
    Description description =
        new Description(
            FORMAT,
            VERSION,
            checkpoint.config(),
            checkpoint.plan(),
            checkpoint.seed(),
            checkpoint.dataHash(),
            checkpoint.engine(),
            checkpoint.step());
    AtomicFiles.createFolder(
        folder,
        partial -> {
          AtomicFiles.writeAndForce(
              partial.resolve(WEIGHTS_FILE), output -> write(output, weights, wide));
          AtomicFiles.writeAndForce(
              partial.resolve(OPTIMIZER_FILE), output -> write(output, moments, wide));
          AtomicFiles.writeAndForce(
              partial.resolve(DESCRIPTION_FILE),
              output ->
                  output.write(
                      JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(description)));
          byte[] sums = sums(partial);
          AtomicFiles.writeAndForce(partial.resolve(SUMS_FILE), output -> output.write(sums));
        });
  }

  /// Reads a checkpoint. Whether it fits the task at hand is for [TrainingCheckpoint#requireMatch]
  /// to say.
  ///
  /// @throws CorruptCheckpointException where a file is missing, truncated or altered
  /// @throws IOException where a file cannot be read
  public static TrainingCheckpoint read(Path folder) throws IOException {
    requireSums(folder);
    Description description = readDescription(folder.resolve(DESCRIPTION_FILE));
    Path file = folder.resolve(DESCRIPTION_FILE);
    try {
      ParameterLayout layout = ParameterLayout.of(description.config());
      String type = description.engine().keepsDoublePrecision() ? "F64" : "F32";
      Path weightsFile = folder.resolve(WEIGHTS_FILE);
      Path optimizerFile = folder.resolve(OPTIMIZER_FILE);
      try (SafetensorsFile weights = SafetensorsFile.open(weightsFile);
          SafetensorsFile moments = SafetensorsFile.open(optimizerFile)) {
        requireTensors(weightsFile, weights, layout, type, List.of(""));
        requireTensors(
            optimizerFile, moments, layout, type, List.of("first_moment.", "second_moment."));
        ModelState state =
            new ModelState(
                read(weights, "", layout),
                read(moments, "first_moment.", layout),
                read(moments, "second_moment.", layout));
        return new TrainingCheckpoint(
            description.config(),
            description.plan(),
            description.seed(),
            description.dataHash(),
            description.engine(),
            description.step(),
            state);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CorruptCheckpointException(
          file, "content", String.valueOf(e.getMessage()), "a possible checkpoint", HINT);
    }
  }

  private static Description readDescription(Path file) throws IOException {
    JsonNode root = StrictJson.readObject(file);
    JsonNode format = root.path("format");
    JsonNode version = root.path("version");
    if (!(format.isString() && format.stringValue().equals(FORMAT))
        || !(version.isInt() && version.intValue() == VERSION)) {
      throw new CorruptCheckpointException(
          file,
          "format",
          "another format or version",
          FORMAT + ", version " + VERSION,
          "It may come from another version of Mneme; use that one.");
    }
    try {
      return JSON.treeToValue(root, Description.class);
    } catch (JacksonException e) {
      throw new CorruptCheckpointException(
          file, "content", e.getOriginalMessage(), "the description of a checkpoint", HINT);
    }
  }

  private static void requireSinglePrecision(ModelState state) {
    for (double[] values : List.of(state.parameters(), state.firstMoment(), state.secondMoment())) {
      for (double value : values) {
        if ((float) value != value) {
          throw new IllegalArgumentException(
              value
                  + " is not a finite single-precision number, as the engine's precision promises");
        }
      }
    }
  }

  private static List<TensorData> tensors(String prefix, ParameterLayout layout, double[] values) {
    return layout.tensors().stream()
        .map(tensor ->
            new TensorData(prefix + tensor.name(), tensor.shape(), values, tensor.offset()))
        .toList();
  }

  private static void write(OutputStream output, List<TensorData> tensors, boolean wide)
      throws IOException {
    if (wide) {
      SafetensorsWriter.writeDouble(output, tensors, Map.of("format", "mneme"));
    } else {
      SafetensorsWriter.writeFloat(output, tensors, Map.of("format", "mneme"));
    }
  }

  private static void requireTensors(
      Path path, SafetensorsFile file, ParameterLayout layout, String type, List<String> prefixes)
      throws CorruptCheckpointException {
    for (String prefix : prefixes) {
      for (Tensor tensor : layout.tensors()) {
        SafetensorsFile.Entry entry = file.entries().get(prefix + tensor.name());
        List<Long> shape = tensor.shape().stream().map(Integer::longValue).toList();
        if (entry == null || !entry.type().equals(type) || !entry.shape().equals(shape)) {
          throw new CorruptCheckpointException(
              path,
              "tensor " + prefix + tensor.name(),
              entry == null ? "nothing" : entry.type() + " of shape " + entry.shape(),
              type + " of shape " + shape,
              HINT);
        }
      }
    }
    int expected = prefixes.size() * layout.tensors().size();
    if (file.entries().size() != expected) {
      throw new CorruptCheckpointException(
          path, "tensors", file.entries().size() + " of them", String.valueOf(expected), HINT);
    }
  }

  private static double[] read(SafetensorsFile file, String prefix, ParameterLayout layout)
      throws IOException {
    double[] values = new double[layout.size()];
    for (Tensor tensor : layout.tensors()) {
      file.read(prefix + tensor.name(), values, tensor.offset());
    }
    return values;
  }

  private static void requireSums(Path folder) throws IOException {
    List<Problem> problems = new ArrayList<>();
    for (String name : FILES) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        problems.add(new Problem(name, "no such file", "one of the four of a checkpoint", HINT));
      }
    }
    if (problems.isEmpty()) {
      byte[] expected = sums(folder);
      byte[] stored;
      try (InputStream input = Files.newInputStream(folder.resolve(SUMS_FILE))) {
        stored = input.readNBytes(expected.length + 1);
      }
      if (!Arrays.equals(stored, expected)) {
        List<String> lines = new String(stored, StandardCharsets.ISO_8859_1).lines().toList();
        new String(expected, StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !lines.contains(line))
            .map(line -> line.split(" {2}", 2))
            .forEach(parts ->
                problems.add(
                    new Problem(
                        parts[1],
                        "SHA-256 digest " + parts[0],
                        "the one noted in " + SUMS_FILE,
                        HINT)));
        if (problems.isEmpty()) {
          problems.add(
              new Problem(SUMS_FILE, "something else besides", "the digests of the files", HINT));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new CorruptCheckpointException(folder, problems);
    }
  }

  static byte[] sums(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String name : SUMMED) {
      lines.append(sha256(folder.resolve(name))).append("  ").append(name).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }
}
