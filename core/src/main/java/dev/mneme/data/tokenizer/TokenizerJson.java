package dev.mneme.data.tokenizer;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Mneme itself must know of a `tokenizer.json`: how many identifiers there are, and which
/// file it is.
///
/// @param vocabularySize one more than the largest identifier
/// @param hash SHA-256 of the file
record TokenizerJson(int vocabularySize, String hash) {
  private static final int LONGEST_FILE = 1 << 26;
  private static final int LARGEST_VOCABULARY = 1 << 20;

  /// @throws InvalidDataException where the file cannot be read, is too long, or has no vocabulary
  static TokenizerJson read(Path file) {
    byte[] bytes;
    try (InputStream input = Files.newInputStream(file)) {
      bytes = input.readNBytes(LONGEST_FILE + 1);
    } catch (IOException e) {
      throw unusable(file, "a file that cannot be read (" + e + ")");
    }
    if (bytes.length > LONGEST_FILE) {
      throw unusable(file, "more than " + LONGEST_FILE + " bytes");
    }
    try {
      JsonNode root = JsonMapper.shared().readTree(bytes);
      JsonNode vocabulary = root.path("model").path("vocab");
      int size = vocabulary.isArray() ? vocabulary.size() : 0; // a list of (piece, score)
      if (vocabulary.isObject()) {
        for (JsonNode id : vocabulary.values()) {
          size = Math.max(size, following(file, id));
        }
      }
      for (JsonNode added : root.path("added_tokens")) {
        size = Math.max(size, following(file, added.path("id")));
      }
      if (size < 2 || size > LARGEST_VOCABULARY) {
        throw unusable(file, "a vocabulary of " + size);
      }
      return new TokenizerJson(size, Sha256.start().bytes(bytes, 0, bytes.length).finish());
    } catch (JacksonException e) {
      throw unusable(file, "something that is not JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private static int following(Path file, JsonNode id) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() >= LARGEST_VOCABULARY) {
      throw unusable(file, "the token identifier " + id);
    }
    return id.intValue() + 1;
  }

  static InvalidDataException unusable(Path file, String given) {
    return new InvalidDataException(
        "tokenizer " + file,
        given,
        "a tokenizer.json of Hugging Face's tokenizers with 2 to "
            + LARGEST_VOCABULARY
            + " identifiers",
        "It lies beside a model's weights; tokenizers in other files have to be converted first.");
  }
}
