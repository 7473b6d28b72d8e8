package dev.mneme.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.data.corpus.EmbeddedCorpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// GPT-2's cut vocabulary written as a `tokenizer.json`: the Rust library, which merges pairs from
/// a list, has to give the tokens that [Gpt2Tokenizer] finds by ranks.
class HuggingFaceTokenizerTest {
  private static final int SIZE = 700;

  private final Gpt2Tokenizer cut = Gpt2Tokenizer.of(SIZE);
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeTheFile() throws IOException {
    file = folder.resolve("tokenizer.json");
    Files.writeString(file, json());
  }

  @Test
  void agreesWithTheCutVocabulary() throws IOException {
    List<byte[]> documents = new ArrayList<>();
    EmbeddedCorpus.stateOfTheUnion().read(document -> documents.add(document.text()));
    byte[] text = documents.getFirst();
    try (HuggingFaceTokenizer other = HuggingFaceTokenizer.load(file)) {
      assertThat(other.vocabularySize()).isEqualTo(SIZE);
      int[] tokens = other.encode(text);
      // above the 512 tokens at which the library truncates unless told otherwise
      assertThat(tokens).hasSizeGreaterThan(2_000).containsExactly(cut.encode(text));
      assertThat(other.decode(tokens)).isEqualTo(text);
      assertThat(other.contentHash()).isNotEqualTo(cut.contentHash());
    }
  }

  @Test
  void cutsLongTextAtLines() {
    byte[] line = "A line of text that ends here.\n".getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[40_000 * line.length]; // more than a part of the whole
    for (int i = 0; i < text.length; i++) {
      text[i] = line[i % line.length];
    }
    try (HuggingFaceTokenizer other = HuggingFaceTokenizer.load(file)) {
      assertThat(other.decode(other.encode(text))).isEqualTo(text);
    }
  }

  @Test
  void readsDamagedTextAsReplacementCharacters() {
    try (HuggingFaceTokenizer other = HuggingFaceTokenizer.load(file)) {
      byte[] damaged = {'a', (byte) 0xFF, 'b'};
      assertThat(other.isLossless()).isFalse();
      assertThat(new String(other.decode(other.encode(damaged)), StandardCharsets.UTF_8))
          .isEqualTo("a\uFFFDb");
    }
  }

  /// Alone, the tokens of half a character are replacement characters here.
  @Test
  void cutsTextWhereTokensMeet() {
    try (HuggingFaceTokenizer other = HuggingFaceTokenizer.load(file)) {
      String text = "the caf\u00e9 \ud83d\ude00 of";
      int[] tokens = other.encode(text.getBytes(StandardCharsets.UTF_8));
      List<TextPiece> pieces = TextPiece.of(other, tokens);
      assertThat(pieces).isEqualTo(TextPiece.of(cut, tokens));
      assertThat(String.join("", pieces.stream().map(TextPiece::text).toList())).isEqualTo(text);
    }
  }

  private String json() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    List<String> merges = new ArrayList<>();
    NaiveBytePairs pairs = new NaiveBytePairs(cut, SIZE);
    for (int rank = 0; rank < SIZE; rank++) {
      String token = new String(cut.decode(rank), StandardCharsets.ISO_8859_1);
      vocabulary.put(visible(token), rank);
      if (rank >= 256) { // the pair that it was joined from
        List<String> parts = pairs.parts(token, rank);
        merges.add(visible(parts.get(0)) + " " + visible(parts.get(1)));
      }
    }
    Map<String, Object> byteLevel =
        Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("added_tokens", List.of());
    root.put("pre_tokenizer", byteLevel);
    root.put("decoder", byteLevel);
    root.put("model", Map.of("type", "BPE", "vocab", vocabulary, "merges", merges));
    return JsonMapper.shared().writeValueAsString(root);
  }

  /// GPT-2's way of writing bytes as visible characters: those that are visible in Latin-1 as
  /// themselves, the others from U+0100 on in their order.
  private static String visible(String token) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < token.length(); i++) {
      int code = token.charAt(i);
      int hidden = 0;
      for (int before = 0; before < code; before++) {
        hidden += isVisible(before) ? 0 : 1;
      }
      text.append((char) (isVisible(code) ? code : 256 + hidden));
    }
    return text.toString();
  }

  private static boolean isVisible(int code) {
    return (code >= '!' && code <= '~') || (code >= 0xA1 && code <= 0xAC) || code >= 0xAE;
  }
}
