package dev.mneme.data.text;

/// Tokens as bytes: as few per token as the vocabulary needs, the most significant first, so that
/// bytes compare as tokens do.
///
/// @param width bytes per token, 1 to 3
record TokenPacking(int width) {
  static TokenPacking forVocabulary(int vocabularySize) {
    return new TokenPacking(vocabularySize <= 1 << 8 ? 1 : vocabularySize <= 1 << 16 ? 2 : 3);
  }

  void put(int token, byte[] target, int offset) {
    for (int i = width - 1, rest = token; i >= 0; i--, rest >>>= 8) {
      target[offset + i] = (byte) rest;
    }
  }

  int get(byte[] source, int offset) {
    int token = 0;
    for (int i = 0; i < width; i++) {
      token = token << 8 | Byte.toUnsignedInt(source[offset + i]);
    }
    return token;
  }
}
