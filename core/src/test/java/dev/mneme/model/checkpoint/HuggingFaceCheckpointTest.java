package dev.mneme.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.unit.CodeLengths;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceCheckpointTest {
  private static final Seed SEED = new Seed(11);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlainGpt2HasTheSameCodeLengths(boolean tied) throws IOException {
    GptConfig config = new GptConfig(2, 12, 3, 19, 7, tied);
    double[] parameters = parameters(config);
    Path export = folder.resolve("export");
    HuggingFaceCheckpoint.write(export, config, parameters);
    ModelWeights read = HuggingFaceCheckpoint.read(export);

    assertThat(read.config()).isEqualTo(config);
    CodeLengths original = codeLengths(config, parameters);
    CodeLengths reread = codeLengths(config, read.parameters());
    for (int i = 0; i < original.count(); i++) {
      assertThat(reread.bits(i)).isCloseTo(original.bits(i), within(1e-5 * original.bits(i)));
    }
    // BOS matters at these values: without the folding the test would not pass.
    double[] unfolded = parameters.clone();
    int wte = ParameterLayout.of(config).tensor("wte.weight").offset();
    int bos = ParameterLayout.of(config).tensor("bos.weight").offset();
    System.arraycopy(parameters, wte, unfolded, bos, config.width());
    assertThat(codeLengths(config, unfolded).total().value())
        .isNotCloseTo(original.total().value(), within(1e-2));
  }

  @Test
  void namesAreThoseOfTransformers() throws IOException {
    GptConfig config = new GptConfig(1, 4, 1, 5, 3, false);
    Path export = folder.resolve("export");
    HuggingFaceCheckpoint.write(export, config, parameters(config));
    try (SafetensorsFile file = SafetensorsFile.open(export.resolve("model.safetensors"))) {
      assertThat(file.entries().keySet())
          .containsExactlyInAnyOrder(
              "transformer.wte.weight",
              "transformer.wpe.weight",
              "transformer.h.0.ln_1.weight",
              "transformer.h.0.ln_1.bias",
              "transformer.h.0.attn.c_attn.weight",
              "transformer.h.0.attn.c_attn.bias",
              "transformer.h.0.attn.c_proj.weight",
              "transformer.h.0.attn.c_proj.bias",
              "transformer.h.0.ln_2.weight",
              "transformer.h.0.ln_2.bias",
              "transformer.h.0.mlp.c_fc.weight",
              "transformer.h.0.mlp.c_fc.bias",
              "transformer.h.0.mlp.c_proj.weight",
              "transformer.h.0.mlp.c_proj.bias",
              "transformer.ln_f.weight",
              "transformer.ln_f.bias",
              "lm_head.weight");
      assertThat(file.metadata()).containsEntry("format", "pt");
    }
    assertThat(Files.readString(export.resolve("config.json")))
        .contains("\"vocab_size\" : 5")
        .contains("\"n_positions\" : 3")
        .contains("\"bos_token_id\" : 0")
        .contains("\"tie_word_embeddings\" : false");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    GptConfig config = new GptConfig(1, 4, 1, 5, 3, true);
    Path mine = Files.writeString(folder.resolve("mine.txt"), "kept");
    assertThatThrownBy(() -> HuggingFaceCheckpoint.write(folder, config, parameters(config)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(mine).hasContent("kept");
    assertThat(folder).isDirectoryContaining(mine::equals);
    assertThat(folder.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void aFailedWriteLeavesNothing() {
    GptConfig config = new GptConfig(1, 4, 1, 5, 3, true);
    double[] parameters = parameters(config);
    parameters[17] = Double.NaN;
    assertThatThrownBy(() -> HuggingFaceCheckpoint.write(folder.resolve("x"), config, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void allProblemsOfAConfigurationAreNamedAtOnce() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\":\"llama\",\"activation_function\":\"relu\",\"n_layer\":\"two\","
            + "\"n_embd\":8,\"n_head\":2,\"vocab_size\":16,\"bos_token_id\":0,"
            + "\"layer_norm_epsilon\":0.1,\"n_inner\":7,\"scale_attn_weights\":false}");
    assertThatThrownBy(() -> HuggingFaceCheckpoint.read(folder))
        .isInstanceOfSatisfying(
            CorruptCheckpointException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.field())
                    .containsExactly(
                        "model_type",
                        "activation_function",
                        "n_layer",
                        "n_positions",
                        "scale_attn_weights",
                        "layer_norm_epsilon",
                        "n_inner"));
  }

  @Test
  void aModelThatDoesNotFitItsConfigurationIsRefused() throws IOException {
    GptConfig config = new GptConfig(1, 4, 1, 5, 3, true);
    Path export = folder.resolve("export");
    HuggingFaceCheckpoint.write(export, config, parameters(config));
    Path description = export.resolve("config.json");
    String original = Files.readString(description);
    Files.writeString(
        description,
        original
            .replace("\"vocab_size\" : 5", "\"vocab_size\" : 1000000")
            .replace("\"n_layer\" : 1", "\"n_layer\" : 2"));
    assertThatThrownBy(() -> HuggingFaceCheckpoint.read(export))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining(
            "transformer.wte.weight: got shape [5, 4], expected shape [1000000, 4]")
        .hasMessageContaining("transformer.h.1.ln_1.weight: got nothing");
  }

  private static double[] parameters(GptConfig config) {
    return new Initialization(0.5, 0.3).draw(ParameterLayout.of(config), SEED);
  }

  private static CodeLengths codeLengths(GptConfig config, double[] parameters) {
    TokenDataset data =
        RandomTokens.generate(SEED, "data", config.vocabularySize(), config.contextLength(), 9);
    try (TrainableModel model = new ReferenceEngine().create(config, parameters)) {
      return model.codeLengths(TokenBatch.all(data));
    }
  }
}
