package dev.mneme.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceConfigTest {
  @TempDir Path folder;

  private HuggingFaceConfig read(String json) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, json);
    return HuggingFaceConfig.read(file);
  }

  /// The sizes of the published weights: GPT-2 small and XL.
  @ParameterizedTest
  @CsvSource({"768, 12, 124439808", "1600, 48, 1557611200"})
  void gpt2(int width, int layers, long parameters) throws IOException {
    HuggingFaceConfig config =
        read(
            """
            {"model_type": "gpt2", "vocab_size": 50257, "n_embd": %d, "n_layer": %d,
             "n_positions": 1024, "n_head": 12}
            """
                .formatted(width, layers));
    assertThat(config.parameters()).isEqualTo(parameters);
    assertThat(config.vocabularySize()).isEqualTo(50_257);
    assertThat(config.contextLength()).hasValue(1024);
  }

  /// The sizes of the published weights of Llama 2 7B, Llama 3 8B, Mistral 7B, Qwen2.5 7B and 0.5B,
  /// Qwen3 0.6B.
  @ParameterizedTest
  @CsvSource({
    "llama, 32000, 4096, 32, 32, 32, 11008, 128, false, 6738415616",
    "llama, 128256, 4096, 32, 32, 8, 14336, null, false, 8030261248",
    "mistral, 32000, 4096, 32, 32, 8, 14336, null, false, 7241732096",
    "qwen2, 152064, 3584, 28, 28, 4, 18944, null, false, 7615616512",
    "qwen2, 151936, 896, 24, 14, 2, 4864, null, true, 494032768",
    "qwen3, 151936, 1024, 28, 16, 8, 3072, 128, true, 596049920"
  })
  void llamaLike(
      String type,
      int vocabulary,
      int width,
      int layers,
      int heads,
      int groups,
      int inner,
      String headWidth,
      boolean tied,
      long parameters)
      throws IOException {
    HuggingFaceConfig config =
        read(
            """
            {"model_type": "%s", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
             "num_attention_heads": %d, "num_key_value_heads": %d, "intermediate_size": %d,
             "head_dim": %s, "tie_word_embeddings": %s}
            """
                .formatted(type, vocabulary, width, layers, heads, groups, inner, headWidth, tied));
    assertThat(config.parameters()).isEqualTo(parameters);
    assertThat(config.type()).isEqualTo(type);
    assertThat(config.contextLength()).isEmpty();
  }

  @Test
  void biasesOfLlamaCount() throws IOException {
    String plain =
        """
        {"vocab_size": 10, "hidden_size": 8, "num_hidden_layers": 3, "num_attention_heads": 4,
         "num_key_value_heads": 2, "intermediate_size": 20, "max_position_embeddings": 99 %s}
        """;
    long without = read(plain.formatted("")).parameters();
    assertThat(read(plain.formatted(", \"attention_bias\": true")).parameters())
        .isEqualTo(without + 3 * (8 + 4 + 4 + 8));
    assertThat(read(plain.formatted(", \"mlp_bias\": true")).parameters())
        .isEqualTo(without + 3 * (20 + 20 + 8));
    assertThat(read(plain.formatted("")).contextLength()).hasValue(99);
  }

  /// What Mneme writes is counted as Mneme counts it.
  @ParameterizedTest
  @CsvSource({"1, 8, true", "2, 16, false"})
  void agreesWithTheCountOfOurOwnModels(int layers, int width, boolean tied) throws IOException {
    GptConfig model = new GptConfig(layers, width, 2, 11, 7, tied);
    Path saved = folder.resolve("saved");
    HuggingFaceCheckpoint.write(saved, model, new double[ParameterLayout.of(model).size()]);
    HuggingFaceConfig config = HuggingFaceConfig.read(saved.resolve("config.json"));
    assertThat(config.parameters()).isEqualTo(model.parameterCount().total());
  }

  @Test
  void everyMissingFieldIsNamed() {
    assertThatThrownBy(() -> read("{\"model_type\": \"gpt2\", \"n_embd\": 768, \"n_layer\": 0}"))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContainingAll(
            "vocab_size: got nothing", "n_layer: got 0", "n_positions: got nothing");
    assertThatThrownBy(
            () -> read("{\"hidden_size\": 1e3, \"intermediate_size\": -4, \"head_dim\": \"x\"}"))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContainingAll(
            "vocab_size: got nothing",
            "hidden_size: got 1000.0",
            "num_hidden_layers: got nothing",
            "num_attention_heads: got nothing",
            "intermediate_size: got -4",
            "head_dim: got \"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | model_type: got nothing",
        "{\"model_type\": \"mixtral\", \"hidden_size\": 8} | model_type: got \"mixtral\"",
        "{\"model_type\": 7} | model_type: got 7",
        "[] | a JSON object",
        "{\"model_type\": | valid JSON",
        "{\"n_embd\": 1, \"n_embd\": 2} | without repeated names"
      })
  void whatIsNoKnownConfigurationIsRefused(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theLargestModelTakenDoesNotOverflow() throws IOException {
    HuggingFaceConfig config =
        read(
            """
            {"vocab_size": 10000000, "hidden_size": 1000000, "num_hidden_layers": 1000,
             "num_attention_heads": 10000, "num_key_value_heads": 10000, "head_dim": 100000,
             "intermediate_size": 10000000}
            """);
    assertThat((double) config.parameters()).isBetween(4.0e18, 4.1e18);
  }
}
