package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.app.ExitStatus;
import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.experiment.RunFolder;
import dev.mneme.experiment.TrialResult;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.checkpoint.HuggingFaceCheckpoint;
import dev.mneme.random.Seed;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.Trainer;
import dev.mneme.training.TrainingCheckpointFiles;
import dev.mneme.training.TrainingPlan;
import dev.mneme.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectTest {
  private static final GptConfig CONFIG = new GptConfig(1, 4, 1, 8, 4, true);

  @TempDir Path folder;

  @Test
  void aSavedModelRemembersWhatItsTrialReported() throws IOException {
    Invocation run = SavedModels.of(folder);
    JsonNode peak =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("run/report.json")))
            .required("models")
            .get(0)
            .required("peak");
    int sequences = peak.required("sequences").asInt();
    Path models = folder.resolve("run/models");
    assertThat(run.out()).contains("2 models at the peak in " + models);
    assertThat(models.toFile().list())
        .containsExactlyInAnyOrder("1x8-N" + sequences + "-seed1", "1x8-N" + sequences + "-seed2");
    List<TrialResult.Finished> trials =
        RunFolder.readTrials(folder.resolve("run")).results().stream()
            .filter(trial ->
                trial.specification().sequences() == sequences
                    && trial.specification().plan().steps() == 300)
            .map(TrialResult.Finished.class::cast)
            .toList();
    assertThat(trials).hasSize(2);
    for (TrialResult.Finished trial : trials) {
      long seed = trial.specification().seed();
      double net = trial.training().net().value();
      assertThat(net).isGreaterThan(100);
      Invocation inspected =
          Invocation.of(
              folder,
              "inspect",
              "run/models/1x8-N" + sequences + "-seed" + seed,
              "--data-seed",
              String.valueOf(seed),
              "--sequences",
              String.valueOf(sequences),
              "--json");
      assertThat(inspected.err()).isEmpty();
      JsonNode score = JsonMapper.shared().readTree(inspected.out()).required("score");
      assertThat(score.required("netBits").asDouble()).isCloseTo(net, within(1e-6 * net));
      assertThat(score.required("dataHash").asString()).isEqualTo(trial.provenance().dataHash());
    }
    Invocation other =
        Invocation.of(
            folder,
            "inspect",
            "run/models/1x8-N" + sequences + "-seed1",
            "--data-seed",
            "2",
            "--sequences",
            String.valueOf(sequences));
    assertThat(other.out()).contains("Nothing is memorized");
  }

  @Test
  void withoutTheOptionNoModelIsKept() {
    Invocation.of(
        folder,
        "capacity",
        "--model",
        "1x4",
        "--vocabulary",
        "8",
        "--sequence-length",
        "4",
        "--steps",
        "5",
        "--grid",
        "0.5,1,2",
        "--maximum-sizes",
        "3",
        "--sweep",
        "",
        "--seeds",
        "1",
        "-o",
        "run",
        "-q");
    assertThat(folder.resolve("run/models")).doesNotExist();
    assertThat(folder.resolve("run/summary.txt")).isNotEmptyFile();
  }

  @Test
  void aModelIsDescribed() throws IOException {
    model("good");
    Invocation run = Invocation.of(folder, "inspect", "good");
    assertThat(run.status()).isEqualTo(ExitStatus.OK);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Hugging Face", "1×4 · 1 head · V 8 · S 4 · tied head")
        .contains("300, 252 without embeddings")
        .containsPattern("transformer.wpe.weight +4×4 +F32 +-?0\\.\\d{5} +0\\.\\d{5}");
    JsonNode json =
        JsonMapper.shared().readTree(Invocation.of(folder, "inspect", "good", "--json").out());
    assertThat(json.required("kind").asString()).isEqualTo("hugging-face");
    assertThat(json.required("parameters").required("total").asInt()).isEqualTo(300);
    assertThat(json.required("tensors")).hasSize(16);
    assertThat(json.required("score").isNull()).isTrue();
  }

  @Test
  void aTrainingCheckpointIsDescribedAndItsStoreLeadsToTheNewest() throws IOException {
    String hash = checkpoint("kept/step-000000000007");
    for (String name : List.of("kept", "kept/step-000000000007")) {
      Invocation run = Invocation.of(folder, "inspect", name);
      assertThat(run.status()).isEqualTo(ExitStatus.OK);
      assertThat(run.out())
          .contains("training checkpoint", "7 of 30", "reference fp64", hash, "bos.weight", "F64");
    }
    JsonNode json =
        JsonMapper.shared().readTree(Invocation.of(folder, "inspect", "kept", "--json").out());
    assertThat(json.required("checkpoint").required("step").asInt()).isEqualTo(7);
    assertThat(json.required("checkpoint").required("seed").asInt()).isEqualTo(5);
    assertThat(json.required("checkpoint").required("dataHash").asString()).isEqualTo(hash);
  }

  @Test
  void alteredFilesOfATrainingCheckpointAreAllNamed() throws IOException {
    checkpoint("altered");
    for (String name : List.of("model.safetensors", "optimizer.safetensors")) {
      flip(folder.resolve("altered").resolve(name), 2000);
    }
    refused("altered", "2 things", "model.safetensors", "optimizer.safetensors", "SHA256SUMS");
    Files.delete(folder.resolve("altered/training.json"));
    Files.delete(folder.resolve("altered/SHA256SUMS"));
    refused("altered", "2 things", "training.json", "SHA256SUMS", "no such file");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    Path weights = model("cut").resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
      Files.write(weights, Arrays.copyOf(whole, length));
      refused("cut", "model.safetensors: ", "bytes", "truncated");
    }
  }

  @Test
  void aFlippedByteOfTheHeaderIsRefused() throws IOException {
    Path weights = model("flipped").resolve("model.safetensors");
    flip(weights, 8); // the opening brace
    refused("flipped", "model.safetensors: header", "valid JSON");
    flip(weights, 8);
    flip(weights, 0); // the length of the header
    refused("flipped", "model.safetensors: ");
  }

  @Test
  void mistakesInBothFilesAreNamedAtOnce() throws IOException {
    Path good = model("both");
    Path config = good.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replace("\"n_layer\"", "\"n_layers\"").replace("gpt2", "bert"));
    byte[] weights = Files.readAllBytes(good.resolve("model.safetensors"));
    byte[] infinite = {0, 0, (byte) 0x80, 0x7f};
    System.arraycopy(infinite, 0, weights, weights.length - 4, 4);
    System.arraycopy(infinite, 0, weights, weights.length - 20, 4);
    Files.write(good.resolve("model.safetensors"), weights);
    refused(
        "both",
        "4 things",
        "config.json: n_layer",
        "got nothing",
        "config.json: model_type",
        "got \"bert\"",
        "model.safetensors: tensor transformer.ln_f.weight",
        "model.safetensors: tensor transformer.ln_f.bias",
        "Infinity as entry 3");
  }

  @Test
  void aModelOfAnotherShapeThanItsConfigurationIsRefused() throws IOException {
    Path config = model("shape").resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"n_positions\" : 4", "\"n_positions\" : 5"));
    refused("shape", "transformer.wpe.weight", "got shape [4, 4]", "expected shape [5, 4]");
  }

  @Test
  void whatIsNoModelIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    refused("empty", "an empty folder", "config.json", "--save-models");
    Files.writeString(folder.resolve("file"), "text");
    refused("file", "got a file", "expected a folder");
    refused("nothing", "no such file or folder");
    Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(folder.resolve("foreign/notes.txt"), "text");
    refused("foreign", "a folder with other files");
    Files.delete(model("half").resolve("model.safetensors"));
    refused("half", "model.safetensors", "no such file");
  }

  @Test
  void scoringNeedsBothNumbersAndAsksForAllMistakesAtOnce() throws IOException {
    model("good");
    refused("good --data-seed 3", "--sequences", "got nothing");
    refused("good --sequences 3", "--data-seed", "got nothing");
    refused("good --data-seed 3 --sequences 2000000000", "--sequences", "at most");
    refused("nothing --sequences 0", "3 things", "1 or more", "--data-seed", "no such file");
    assertThat(Invocation.of(folder, "inspect").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(Invocation.of(folder, "inspect", "--help").out()).contains("--data-seed", "FOLDER");
  }

  private void refused(String arguments, String... parts) throws IOException {
    Map<String, Long> before = listing();
    Invocation run = Invocation.of(folder, ("inspect " + arguments).split(" "));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(parts)
        .contains("expected")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    assertThat(listing()).isEqualTo(before);
  }

  private Map<String, Long> listing() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        sizes.put(file.toString(), Files.isDirectory(file) ? -1 : Files.size(file));
      }
    }
    return sizes;
  }

  private Path model(String name) throws IOException {
    double[] parameters =
        new Initialization(0.5, 0.3).draw(ParameterLayout.of(CONFIG), new Seed(3));
    HuggingFaceCheckpoint.write(folder.resolve(name), CONFIG, parameters);
    return folder.resolve(name);
  }

  /// Writes a checkpoint at step 7.
  ///
  /// @return the hash of its data
  private String checkpoint(String name) throws IOException {
    TrainingPlan plan =
        new TrainingPlan(
            30,
            4,
            new LearningRateSchedule(0.02, 0.1, 0, LearningRateSchedule.Decay.COSINE),
            new AdamW(0.9, 0.99, 1e-8, 0),
            new Initialization(0.1, 0.1),
            2);
    TokenDataset data = RandomTokens.generate(new Seed(5), "data", 8, 4, 6);
    TrainingTask task = new TrainingTask(CONFIG, data, plan, new Seed(5));
    Trainer trainer = new Trainer(new ReferenceEngine());
    try (TrainableModel model = trainer.initialModel(task)) {
      TrainingCheckpointFiles.write(folder.resolve(name), trainer.checkpoint(model, task, 7));
    }
    return data.contentHash();
  }

  private static void flip(Path file, int place) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[place] ^= 1;
    Files.write(file, bytes);
  }
}
