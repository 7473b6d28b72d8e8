package dev.mneme.data.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import dev.mneme.data.InvalidDataException;
import dev.mneme.data.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// A Hugging Face `tokenizer.json`, read by the Rust library behind DJL's `tokenizers`. That
/// library and its native code are optional: where they are missing, [#load] says so.
///
/// Such a tokenizer may normalize text, so that decoding does not give every text back, and damaged
/// UTF-8 is read as U+FFFD. Special tokens are not added, and truncation and padding are off
/// whatever the file says. Text longer than a mebibyte is encoded in parts, cut at the ends of
/// lines where there are any; tokens next to such a cut may differ from those of the whole text.
public final class HuggingFaceTokenizer implements Tokenizer, AutoCloseable {
  private static final int PART = 1 << 20;

  private final String name;
  private final TokenizerJson description;
  private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer tokenizer;

  private HuggingFaceTokenizer(
      String name,
      TokenizerJson description,
      ai.djl.huggingface.tokenizers.HuggingFaceTokenizer tokenizer) {
    this.name = name;
    this.description = description;
    this.tokenizer = tokenizer;
  }

  /// Reads a `tokenizer.json`.
  ///
  /// @throws InvalidDataException where the file cannot be read or is no tokenizer, or the library
  ///   is missing on this machine
  public static HuggingFaceTokenizer load(Path file) {
    TokenizerJson description = TokenizerJson.read(file);
    try {
      return new HuggingFaceTokenizer(
          Tokenizers.HUGGING_FACE_PREFIX + file,
          description,
          ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
              file,
              Map.of(
                  "addSpecialTokens", "false",
                  "truncation", "false",
                  "padding", "false")));
    } catch (IOException | RuntimeException e) {
      throw TokenizerJson.unusable(file, String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      throw new InvalidDataException(
          "tokenizer",
          Tokenizers.HUGGING_FACE_PREFIX + file,
          "the library ai.djl.huggingface:tokenizers with its native code for this machine",
          "The library is optional and was not found or cannot be loaded (" + e + ").");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int vocabularySize() {
    return description.vocabularySize();
  }

  @Override
  public String contentHash() {
    return Sha256.start().string("tokenizer.json").string(description.hash()).finish();
  }

  @Override
  public boolean isLossless() {
    return false;
  }

  @Override
  public void encode(byte[] text, TokenSink sink) {
    for (int from = 0; from < text.length; ) {
      int to = partEnd(text, from);
      Encoding encoding =
          tokenizer.encode(new String(text, from, to - from, StandardCharsets.UTF_8), false, false);
      for (long token : encoding.getIds()) {
        if (!sink.accept(Math.toIntExact(token))) {
          return;
        }
      }
      from = to;
    }
  }

  private static int partEnd(byte[] text, int from) {
    int end = (int) Math.min(text.length, (long) from + PART);
    if (end == text.length) {
      return end;
    }
    for (int line = end; line > from; line--) {
      if (text[line - 1] == '\n') {
        return line;
      }
    }
    while (end > from + 1 && (text[end] & 0xC0) == 0x80) { // not inside a character
      end--;
    }
    return end;
  }

  @Override
  public byte[] decode(int... tokens) {
    long[] ids = new long[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabularySize()) {
        throw new IllegalArgumentException(
            "token " + tokens[i] + " is outside the vocabulary of " + vocabularySize());
      }
      ids[i] = tokens[i];
    }
    return tokenizer.decode(ids, false).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
