package dev.mneme.model.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON from files that are not trusted: no repeated names, nothing after the end, bounded length.
public final class StrictJson {
  private static final int MAXIMUM_LENGTH = 1_000_000;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /// Reads a JSON object from a small file.
  ///
  /// @throws CorruptCheckpointException where it is something else or longer than a megabyte
  public static JsonNode readObject(Path file) throws IOException {
    byte[] bytes;
    try (InputStream input = Files.newInputStream(file)) {
      bytes = input.readNBytes(MAXIMUM_LENGTH + 1);
    }
    String hint = "The file is truncated, altered or of another kind; write or copy it again.";
    if (bytes.length > MAXIMUM_LENGTH) {
      throw new CorruptCheckpointException(
          file, "file size", "more than " + MAXIMUM_LENGTH + " bytes", "a small JSON file", hint);
    }
    try {
      JsonNode root = MAPPER.readTree(bytes);
      if (root != null && root.isObject()) {
        return root;
      }
      throw new CorruptCheckpointException(
          file, "content", "something else", "a JSON object", hint);
    } catch (JacksonException e) {
      throw new CorruptCheckpointException(
          file, "content", e.getOriginalMessage(), "valid JSON without repeated names", hint);
    }
  }
}
