package dev.mneme.data.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A part of a text that some neighbouring tokens stand for: one token, or the few that share a
/// character.
///
/// @param text whole characters; empty only where no token of the text stands for any
/// @param tokens how many tokens, at least 1
public record TextPiece(String text, int tokens) {
  public TextPiece {
    if (tokens < 1) {
      throw new IllegalArgumentException("a piece of text has at least 1 token, not " + tokens);
    }
  }

  /// Cuts a text where its tokens meet, except within characters.
  ///
  /// @param tokens of one text, in order
  /// @return as many tokens altogether; the texts joined are the text of all tokens
  public static List<TextPiece> of(Tokenizer tokenizer, int... tokens) {
    byte[] text = tokenizer.decode(tokens);
    int[] ends = ends(tokenizer, tokens, text);
    List<TextPiece> pieces = new ArrayList<>();
    int begin = 0;
    int count = 0;
    for (int i = 0; i < tokens.length; i++) {
      count++;
      boolean last = i == tokens.length - 1;
      // a token without text of its own goes with its neighbour
      boolean next = ends[i] > begin && ends[i] < text.length && !continues(text[ends[i]]);
      if (last || next) {
        String piece = new String(text, begin, ends[i] - begin, StandardCharsets.UTF_8);
        pieces.add(new TextPiece(piece, count));
        begin = ends[i];
        count = 0;
      }
    }
    return List.copyOf(pieces);
  }

  /// Whether a byte of UTF-8 is not the first of its character.
  private static boolean continues(byte value) {
    return (value & 0xC0) == 0x80;
  }

  /// Where in the text every token ends, in bytes; the last one at its end.
  private static int[] ends(Tokenizer tokenizer, int[] tokens, byte[] text) {
    int[] ends = new int[tokens.length];
    int end = 0;
    for (int i = 0; i < tokens.length; i++) {
      byte[] one = tokenizer.decode(tokens[i]);
      if (end + one.length > text.length
          || !Arrays.equals(one, 0, one.length, text, end, end + one.length)) {
        return endsInContext(tokenizer, tokens, text);
      }
      end += one.length;
      ends[i] = end;
    }
    return end == text.length ? ends : endsInContext(tokenizer, tokens, text);
  }

  /// Some tokenizers write a token in another way among others, such as without the blank before it
  /// where it is the first.
  private static int[] endsInContext(Tokenizer tokenizer, int[] tokens, byte[] text) {
    int[] ends = new int[tokens.length];
    int end = 0;
    for (int i = 0; i < tokens.length - 1; i++) {
      byte[] beginning = tokenizer.decode(Arrays.copyOf(tokens, i + 1));
      int differs = Arrays.mismatch(beginning, text);
      end = Math.max(end, differs < 0 ? text.length : differs);
      ends[i] = end;
    }
    if (tokens.length > 0) {
      ends[tokens.length - 1] = text.length;
    }
    return ends;
  }
}
