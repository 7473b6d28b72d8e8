package dev.mneme.data.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.mneme.data.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// GPT-2's ranks: which byte strings are tokens, in the order in which training found them. The
/// first 256 are the single bytes, in GPT-2's own order, and every later one joins two earlier
/// ones. So the first V ranks are by themselves what the same training gives when it stops at V.
final class Gpt2Vocabulary {
  /// Ranks without the special token `<|endoftext|>`, which follows them.
  static final int RANKS = 50_256;

  /// GPT-2's pattern: pieces that no token reaches across. `\s` and `\p` mean Unicode's classes.
  private static final Pattern PIECES =
      Pattern.compile(
          "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final byte[][] tokens;
  private final Encoding encoding;

  /// @param ranks 256 to [#RANKS]
  Gpt2Vocabulary(int ranks) {
    Encoding whole = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);
    tokens = new byte[ranks][];
    IntArrayList one = new IntArrayList(1);
    for (int rank = 0; rank < ranks; rank++) {
      one.clear();
      one.add(rank);
      tokens[rank] = whole.decodeBytes(one);
    }
    encoding = ranks == RANKS ? whole : cut(tokens);
  }

  private static Encoding cut(byte[][] tokens) {
    Map<byte[], Integer> ranks = new LinkedHashMap<>(); // by identity of the arrays; only iterated
    for (int rank = 0; rank < tokens.length; rank++) {
      ranks.put(tokens[rank], rank);
    }
    String name = "cut";
    return Encodings.newLazyEncodingRegistry()
        .registerGptBytePairEncoding(new GptBytePairEncodingParams(name, PIECES, ranks, Map.of()))
        .getEncoding(name)
        .orElseThrow();
  }

  /// The tokens of a text without damage, special tokens taken as ordinary text.
  IntArrayList encode(String text) {
    return encoding.encodeOrdinary(text);
  }

  /// The bytes of a token; not to be changed.
  byte[] bytes(int token) {
    return tokens[token];
  }

  int ranks() {
    return tokens.length;
  }

  String contentHash() {
    Sha256 hash = Sha256.start().string("gpt2").string(PIECES.pattern());
    for (byte[] token : tokens) {
      hash.bytes(token, 0, token.length);
    }
    return hash.finish();
  }
}
