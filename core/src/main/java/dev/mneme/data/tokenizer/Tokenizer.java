package dev.mneme.data.tokenizer;

import dev.mneme.data.InvalidDataException;
import java.util.Arrays;

/// Turns text, as bytes that are UTF-8 but for damage, into token identifiers and back. Immutable
/// and free of randomness: the same bytes give the same tokens.
///
/// No tokenizer adds tokens of its own (begin, end, padding), and none reads special tokens out of
/// the text: `<|endoftext|>` in a document is ordinary text.
public sealed interface Tokenizer permits ByteTokenizer, Gpt2Tokenizer, HuggingFaceTokenizer {
  /// The name by which [Tokenizers#named] finds it, such as `gpt2-2048`.
  String name();

  /// The number of identifiers, V: what a model's vocabulary must be.
  int vocabularySize();

  /// SHA-256 over everything that decides which tokens a text gets, in hexadecimal.
  String contentHash();

  /// Whether `decode(encode(bytes))` gives back every byte string, damaged UTF-8 included.
  boolean isLossless();

  /// Gives the tokens of a text to `sink`, in order, until all are given or no more are wanted.
  void encode(byte[] text, TokenSink sink);

  /// The bytes that some tokens stand for. The bytes of a part of a text may begin or end inside a
  /// character.
  ///
  /// @throws IllegalArgumentException where a token is outside the vocabulary
  byte[] decode(int... tokens);

  /// All tokens of a text that fits into memory.
  default int[] encode(byte[] text) {
    Tokens tokens = new Tokens();
    encode(text, tokens);
    return tokens.toArray();
  }

  /// Refuses a model of another vocabulary: the tokens would not mean the same, or not exist.
  ///
  /// @throws InvalidDataException where the sizes differ
  default void requireVocabularyOf(int modelVocabularySize) {
    if (modelVocabularySize != vocabularySize()) {
      throw new InvalidDataException(
          "vocabulary",
          modelVocabularySize + " in the model",
          vocabularySize() + ", that of tokenizer " + name(),
          "Give the model the tokenizer's vocabulary, or take another tokenizer, such as "
              + (modelVocabularySize == ByteTokenizer.VOCABULARY_SIZE
                  ? ByteTokenizer.NAME
                  : Gpt2Tokenizer.isPossible(modelVocabularySize)
                      ? Gpt2Tokenizer.nameOf(modelVocabularySize)
                      : "one of that size")
              + ".");
    }
  }

  /// A list of tokens that grows.
  final class Tokens implements TokenSink {
    private int[] values = new int[64];
    private int count;

    @Override
    public boolean accept(int token) {
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(2, count));
      }
      values[count++] = token;
      return true;
    }

    /// What was taken so far.
    public int[] toArray() {
      return Arrays.copyOf(values, count);
    }
  }
}
