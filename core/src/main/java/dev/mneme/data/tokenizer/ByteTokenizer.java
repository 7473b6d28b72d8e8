package dev.mneme.data.tokenizer;

import dev.mneme.data.Sha256;
import java.util.Arrays;

/// Every byte is a token: 256 identifiers, equal to the byte's value from 0 to 255.
public final class ByteTokenizer implements Tokenizer {
  static final String NAME = "bytes";
  static final int VOCABULARY_SIZE = 256;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int vocabularySize() {
    return VOCABULARY_SIZE;
  }

  @Override
  public String contentHash() {
    return Sha256.start().string(NAME).finish();
  }

  @Override
  public boolean isLossless() {
    return true;
  }

  @Override
  public void encode(byte[] text, TokenSink sink) {
    for (byte value : text) {
      if (!sink.accept(Byte.toUnsignedInt(value))) {
        return;
      }
    }
  }

  @Override
  public byte[] decode(int... tokens) {
    byte[] text = new byte[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= VOCABULARY_SIZE) {
        throw new IllegalArgumentException(
            "token " + tokens[i] + " is not a byte in " + Arrays.toString(tokens));
      }
      text[i] = (byte) tokens[i];
    }
    return text;
  }
}
