package dev.mneme.data.tokenizer;

import com.knuddels.jtokkit.api.IntArrayList;
import dev.mneme.data.InvalidDataException;
import dev.mneme.data.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// GPT-2's byte pair encoding (Radford et al., 2019), whole or cut to its first V ranks.
///
/// The whole one has V = 50,257: 50,256 byte strings and `<|endoftext|>`, which text never gets and
/// which is counted all the same, because GPT-2's models have it. A cut one has V byte strings and
/// no special token. Since the first 256 ranks are the single bytes, every byte string can be
/// encoded: bytes that are not valid UTF-8 become single-byte tokens, and the text around them is
/// encoded as if it ended there.
public final class Gpt2Tokenizer implements Tokenizer {
  /// GPT-2's own vocabulary.
  public static final int WHOLE = Gpt2Vocabulary.RANKS + 1;

  /// The smallest vocabulary: the bytes and one pair of them.
  public static final int SMALLEST = ByteTokenizer.VOCABULARY_SIZE + 1;

  static final String NAME = "gpt2";
  private static final byte[] END_OF_TEXT = "<|endoftext|>".getBytes(StandardCharsets.US_ASCII);

  /// Text is encoded in blocks of about this many bytes; see [#blockEnd].
  private static final int BLOCK = 1 << 16;

  private static final int LONGEST_CHARACTER = 4; // bytes
  private static final char REPLACEMENT = '\uFFFD';

  private final int vocabularySize;
  private final Gpt2Vocabulary vocabulary;
  private final int[] tokenOfByte = new int[ByteTokenizer.VOCABULARY_SIZE];
  private final int blockSize;

  private Gpt2Tokenizer(int vocabularySize, int blockSize) {
    this.vocabularySize = vocabularySize;
    // a shorter block could end before its first character does, and never get on
    this.blockSize = Math.max(blockSize, LONGEST_CHARACTER);
    vocabulary = new Gpt2Vocabulary(Math.min(vocabularySize, Gpt2Vocabulary.RANKS));
    for (int token = 0; token < ByteTokenizer.VOCABULARY_SIZE; token++) {
      tokenOfByte[Byte.toUnsignedInt(vocabulary.bytes(token)[0])] = token;
    }
  }

  /// @param vocabularySize 257 to 50,257; the last is GPT-2's own with its special token
  /// @throws InvalidDataException where the size is out of range
  public static Gpt2Tokenizer of(int vocabularySize) {
    return of(vocabularySize, BLOCK);
  }

  static Gpt2Tokenizer of(int vocabularySize, int blockSize) {
    if (!isPossible(vocabularySize)) {
      throw new InvalidDataException(
          "tokenizer",
          NAME + " with a vocabulary of " + vocabularySize,
          SMALLEST + " to " + WHOLE,
          "The first 256 tokens are the single bytes; take tokenizer "
              + ByteTokenizer.NAME
              + " for these alone.");
    }
    return new Gpt2Tokenizer(vocabularySize, blockSize);
  }

  static boolean isPossible(int vocabularySize) {
    return vocabularySize >= SMALLEST && vocabularySize <= WHOLE;
  }

  static String nameOf(int vocabularySize) {
    return vocabularySize == WHOLE ? NAME : NAME + "-" + vocabularySize;
  }

  @Override
  public String name() {
    return nameOf(vocabularySize);
  }

  @Override
  public int vocabularySize() {
    return vocabularySize;
  }

  @Override
  public String contentHash() {
    return Sha256.start().string(vocabulary.contentHash()).number(vocabularySize).finish();
  }

  @Override
  public boolean isLossless() {
    return true;
  }

  @Override
  public void encode(byte[] text, TokenSink sink) {
    int from = 0;
    boolean wanted = true;
    while (wanted && from < text.length) {
      int to = blockEnd(text, from);
      wanted = encodeBlock(text, from, to, sink);
      from = to;
    }
  }

  /// The end of a block: before a white-space character that follows a visible ASCII character.
  /// GPT-2's pattern never looks back, and no piece of it holds such a pair, so tokens are those of
  /// the whole text. Where no such place comes within another block's length, memory is kept
  /// bounded by a cut that may give other tokens than GPT-2's around it.
  private int blockEnd(byte[] text, int from) {
    int longest = (int) Math.min(text.length, from + 2L * blockSize);
    for (int end = from + blockSize; end < longest; end++) {
      byte before = text[end - 1];
      if ((text[end] == ' ' || text[end] == '\n') && before > ' ' && before < 0x7F) {
        return end;
      }
    }
    if (longest == text.length) {
      return longest;
    }
    int end = longest;
    while (end > longest - LONGEST_CHARACTER && isContinuation(text[end])) {
      end--;
    }
    return isContinuation(text[end]) ? longest : end;
  }

  private static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }

  private boolean encodeBlock(byte[] text, int from, int to, TokenSink sink) {
    String decoded = new String(text, from, to - from, StandardCharsets.UTF_8);
    if (decoded.indexOf(REPLACEMENT) < 0) {
      return give(vocabulary.encode(decoded), sink);
    }
    return encodeDamaged(ByteBuffer.wrap(text, from, to - from), sink);
  }

  /// Valid stretches as text, and every byte between them by itself.
  private boolean encodeDamaged(ByteBuffer input, TokenSink sink) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer output = CharBuffer.allocate(input.remaining());
    while (true) {
      CoderResult result = decoder.decode(input, output, true);
      if (!give(vocabulary.encode(output.flip().toString()), sink)) {
        return false;
      }
      if (!result.isError()) {
        return true;
      }
      for (int i = 0; i < result.length(); i++) {
        if (!sink.accept(tokenOfByte[Byte.toUnsignedInt(input.get())])) {
          return false;
        }
      }
      output.clear();
      decoder.reset();
    }
  }

  private static boolean give(IntArrayList tokens, TokenSink sink) {
    for (int i = 0; i < tokens.size(); i++) {
      if (!sink.accept(tokens.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public byte[] decode(int... tokens) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(4 * tokens.length);
    for (int token : tokens) {
      if (token < 0 || token >= vocabularySize) {
        throw new IllegalArgumentException(
            "token " + token + " is outside the vocabulary of " + vocabularySize);
      }
      text.writeBytes(token < vocabulary.ranks() ? vocabulary.bytes(token) : END_OF_TEXT);
    }
    return text.toByteArray();
  }
}
