package dev.mneme.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.InvalidDataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizersTest {
  @Property(seed = "2026", tries = 300)
  void bytesComeBack(@ForAll @Size(max = 300) byte[] text) {
    Tokenizer tokenizer = new ByteTokenizer();
    int[] tokens = tokenizer.encode(text);
    assertThat(tokens).hasSize(text.length);
    assertThat(tokenizer.decode(tokens)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "gpt2", "gpt2-257", "gpt2-2048"})
  void isFoundByItsOwnName(String name) {
    assertThat(Tokenizers.named(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpt3", "gpt2-", "gpt2-many", "gpt2-256", "gpt2-99999", "file:\0"})
  void refusesWhatIsNoTokenizer(String name) {
    assertThatThrownBy(() -> Tokenizers.named(name)).isInstanceOf(InvalidDataException.class);
  }

  @Test
  void refusesAModelOfAnotherVocabulary() {
    Tokenizer tokenizer = Tokenizers.named("gpt2-512");
    tokenizer.requireVocabularyOf(512);
    assertThatThrownBy(() -> tokenizer.requireVocabularyOf(2048))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("2048 in the model")
        .hasMessageContaining("512, that of tokenizer gpt2-512")
        .hasMessageContaining("gpt2-2048");
    assertThatThrownBy(() -> tokenizer.requireVocabularyOf(256)).hasMessageContaining("bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "\0\1\2",
        "{}",
        "{\"model\": {\"vocab\": {\"a\": -1}}}",
        "{\"model\": {\"vocab\": {\"a\": 1e9}}}",
        "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 1}}}"
      })
  void refusesFilesThatAreNoTokenizer(String content, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("tokenizer.json");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Tokenizers.named("file:" + file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Tokenizers.named("file:missing/tokenizer.json"))
        .isInstanceOf(InvalidDataException.class);
  }
}
