package dev.mneme.training;

import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.CorruptCheckpointException;
import dev.mneme.model.checkpoint.FileTrouble;
import dev.mneme.model.checkpoint.HuggingFaceCheckpoint;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.model.checkpoint.TensorSummary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A folder with a model, of either kind that Mneme writes, read and verified as a whole.
///
/// @param path the folder; where a store of training checkpoints was named, its newest one
/// @param weights the model
/// @param tensors the tensors of the weights as they lie in the file
/// @param checkpoint where training stopped; empty for the Hugging Face layout
public record ModelFolder(
    Path path,
    ModelWeights weights,
    List<TensorSummary> tensors,
    Optional<TrainingCheckpoint> checkpoint) {
  private static final String EXPECTED =
      HuggingFaceCheckpoint.CONFIG_FILE
          + " and "
          + HuggingFaceCheckpoint.WEIGHTS_FILE
          + ", or the four files of a training checkpoint";
  private static final String HINT =
      "A run with --save-models has such folders in its folder models.";

  public ModelFolder {
    tensors = List.copyOf(tensors);
  }

  /// Reads a folder: sizes, shapes, that all values are finite, and, where there are any, digests.
  /// Nothing of the size a file merely claims is allocated.
  ///
  /// @throws CorruptCheckpointException naming everything that is wrong, each with its file
  public static ModelFolder read(Path folder) throws CorruptCheckpointException {
    try {
      if (!Files.isDirectory(folder)) {
        throw new CorruptCheckpointException(
            folder,
            folder.toString(),
            Files.exists(folder) ? "a file" : "no such file or folder",
            "a folder with " + EXPECTED,
            Files.exists(folder) ? "Name the folder that the file is in." : HINT);
      }
      Path path = TrainingCheckpointStore.newest(folder).orElse(folder);
      if (hasAny(path, TrainingCheckpointFiles.OWN_FILES)) {
        return readCheckpoint(path);
      }
      if (hasAny(
          path, List.of(HuggingFaceCheckpoint.CONFIG_FILE, HuggingFaceCheckpoint.WEIGHTS_FILE))) {
        return readHuggingFace(path);
      }
      throw new CorruptCheckpointException(
          folder,
          folder.toString(),
          isEmpty(folder) ? "an empty folder" : "a folder with other files",
          EXPECTED,
          HINT);
    } catch (CorruptCheckpointException e) {
      throw e;
    } catch (IOException e) {
      throw new CorruptCheckpointException(
          folder,
          folder.toString(),
          FileTrouble.phrase(e),
          "a folder that can be read",
          "Check its permissions.");
    }
  }

  private static ModelFolder readCheckpoint(Path folder) throws IOException {
    Set<Problem> problems = new LinkedHashSet<>();
    Optional<TrainingCheckpoint> checkpoint =
        attempt(problems, folder, "", () -> TrainingCheckpointFiles.read(folder));
    if (checkpoint.isEmpty()) {
      throw new CorruptCheckpointException(folder, List.copyOf(problems));
    }
    return new ModelFolder(
        folder,
        new ModelWeights(checkpoint.get().config(), checkpoint.get().state().parameters()),
        TensorSummary.ofFile(folder.resolve(TrainingCheckpointFiles.WEIGHTS_FILE)),
        checkpoint);
  }

  /// Looks at both files by themselves before it looks whether they fit, so that mistakes in one do
  /// not hide those in the other.
  private static ModelFolder readHuggingFace(Path folder) throws IOException {
    String configFile = HuggingFaceCheckpoint.CONFIG_FILE;
    String weightsFile = HuggingFaceCheckpoint.WEIGHTS_FILE;
    Set<Problem> problems = new LinkedHashSet<>(); // what both looks find is said once
    Optional<GptConfig> config =
        attempt(problems, folder, configFile, () -> HuggingFaceCheckpoint.readConfig(folder));
    Optional<List<TensorSummary>> tensors =
        attempt(
            problems, folder, weightsFile, () -> TensorSummary.ofFile(folder.resolve(weightsFile)));
    Optional<ModelWeights> weights =
        config.flatMap(readable ->
            attempt(problems, folder, weightsFile, () -> HuggingFaceCheckpoint.read(folder)));
    if (!problems.isEmpty()) {
      throw new CorruptCheckpointException(folder, List.copyOf(problems));
    }
    return new ModelFolder(folder, weights.orElseThrow(), tensors.orElseThrow(), Optional.empty());
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  /// Reads something or takes down why not, with the file in front.
  private static <T> Optional<T> attempt(
      Set<Problem> problems, Path folder, String file, Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (CorruptCheckpointException e) {
      String prefix = e.file().equals(folder) ? "" : e.file().getFileName() + ": ";
      for (Problem problem : e.problems()) {
        problems.add(
            new Problem(
                prefix + problem.field(), problem.given(), problem.expected(), problem.hint()));
      }
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.isEmpty() ? folder.toString() : file,
              FileTrouble.phrase(e),
              "a file that can be read",
              "Copy the folder again, with all its files."));
    }
    return Optional.empty();
  }

  private static boolean hasAny(Path folder, List<String> names) {
    return names.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    }
  }
}
