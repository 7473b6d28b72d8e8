package dev.mneme.data.tokenizer;

import dev.mneme.data.InvalidDataException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Tokenizers by name.
public final class Tokenizers {
  static final String HUGGING_FACE_PREFIX = "file:";

  private Tokenizers() {}

  /// Finds `bytes`, `gpt2`, `gpt2-V` (cut to its first V ranks), or `file:PATH` (a Hugging Face
  /// `tokenizer.json`).
  ///
  /// @throws InvalidDataException where there is no such tokenizer
  public static Tokenizer named(String name) {
    if (name.equals(ByteTokenizer.NAME)) {
      return new ByteTokenizer();
    }
    if (name.equals(Gpt2Tokenizer.NAME)) {
      return Gpt2Tokenizer.of(Gpt2Tokenizer.WHOLE);
    }
    try {
      if (name.startsWith(Gpt2Tokenizer.NAME + "-")) {
        return Gpt2Tokenizer.of(Integer.parseInt(name.substring(Gpt2Tokenizer.NAME.length() + 1)));
      }
      if (name.startsWith(HUGGING_FACE_PREFIX)) {
        return HuggingFaceTokenizer.load(Path.of(name.substring(HUGGING_FACE_PREFIX.length())));
      }
    } catch (NumberFormatException | InvalidPathException e) {
      throw unknown(name);
    }
    throw unknown(name);
  }

  private static InvalidDataException unknown(String name) {
    return new InvalidDataException(
        "tokenizer",
        name,
        "bytes, gpt2, gpt2-V with V from "
            + Gpt2Tokenizer.SMALLEST
            + " to "
            + Gpt2Tokenizer.WHOLE
            + ", or file:PATH of a tokenizer.json",
        "A small model wants a small vocabulary, such as gpt2-2048.");
  }
}
