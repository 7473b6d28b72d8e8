package dev.mneme.data.corpus;

/// UTF-8 as RFC 3629 has it.
final class Utf8 {
  private Utf8() {}

  /// The number of bytes that are not part of a valid character.
  static long damagedBytes(byte[] text) {
    long damaged = 0;
    int at = 0;
    while (at < text.length) {
      if (text[at] >= 0) {
        at++;
        continue;
      }
      int length = characterLength(text, at);
      if (length == 0) {
        damaged++;
        at++;
      } else {
        at += length;
      }
    }
    return damaged;
  }

  /// The length of the character of several bytes that begins at `at`, or 0 where there is none.
  private static int characterLength(byte[] text, int at) {
    int first = Byte.toUnsignedInt(text[at]);
    int length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : 4;
    if (first < 0xC2 || first > 0xF4 || at + length > text.length) {
      return 0;
    }
    int second = Byte.toUnsignedInt(text[at + 1]);
    boolean overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    boolean surrogate = first == 0xED && second > 0x9F;
    boolean beyond = first == 0xF4 && second > 0x8F;
    if (overlong || surrogate || beyond) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /// The largest end in `[from, end]` at which no character is torn, where the text is valid.
  static int characterEnd(byte[] text, int from, int end) {
    int last = end - 1;
    while (last > from && last > end - 4 && (text[last] & 0xC0) == 0x80) {
      last--;
    }
    if (last >= from && text[last] < 0) {
      int first = Byte.toUnsignedInt(text[last]);
      int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
      return last + length > end && last > from ? last : end;
    }
    return end;
  }
}
