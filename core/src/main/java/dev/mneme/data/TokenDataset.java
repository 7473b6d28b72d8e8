package dev.mneme.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Sequences of token identifiers, all of one length: shape `[count][sequenceLength]`, values in
/// `[0, vocabularySize)`. Immutable.
public final class TokenDataset {
  private final int vocabularySize;
  private final int sequenceLength;
  private final int count;
  private final int[] tokens;

  private TokenDataset(int vocabularySize, int sequenceLength, int count, int[] tokens) {
    this.vocabularySize = vocabularySize;
    this.sequenceLength = sequenceLength;
    this.count = count;
    this.tokens = tokens;
  }

  /// Takes sequences laid end to end.
  ///
  /// @param tokens `count * sequenceLength` identifiers; copied
  /// @throws IllegalArgumentException where a size is not positive, the tokens do not fill whole
  ///   sequences, or an identifier lies outside the vocabulary
  public static TokenDataset of(int vocabularySize, int sequenceLength, int[] tokens) {
    if (vocabularySize < 1 || sequenceLength < 1 || tokens.length % sequenceLength != 0) {
      throw new IllegalArgumentException(
          tokens.length
              + " tokens do not form sequences of length "
              + sequenceLength
              + " over a vocabulary of "
              + vocabularySize);
    }
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabularySize) {
        throw new IllegalArgumentException(
            "token " + i + " is " + tokens[i] + ", outside the vocabulary of " + vocabularySize);
      }
    }
    return new TokenDataset(
        vocabularySize, sequenceLength, tokens.length / sequenceLength, tokens.clone());
  }

  public int vocabularySize() {
    return vocabularySize;
  }

  /// Tokens per sequence, S; all S positions are predicted and counted.
  public int sequenceLength() {
    return sequenceLength;
  }

  /// The number of sequences, N.
  public int count() {
    return count;
  }

  /// The token at `position` of sequence `index`.
  public int token(int index, int position) {
    return tokens[index * sequenceLength + position];
  }

  /// A copy of sequence `index`.
  public int[] sequence(int index) {
    int[] copy = new int[sequenceLength];
    System.arraycopy(tokens, index * sequenceLength, copy, 0, sequenceLength);
    return copy;
  }

  /// The first `size` sequences; subsets made this way are nested.
  ///
  /// @param size 1 to [#count()]
  public TokenDataset first(int size) {
    if (size < 1 || size > count) {
      throw new IllegalArgumentException("cannot take " + size + " of " + count + " sequences");
    }
    int[] head = new int[size * sequenceLength];
    System.arraycopy(tokens, 0, head, 0, head.length);
    return new TokenDataset(vocabularySize, sequenceLength, size, head);
  }

  /// These sequences and then others of the same vocabulary and length.
  public TokenDataset followedBy(TokenDataset others) {
    if (others.vocabularySize != vocabularySize || others.sequenceLength != sequenceLength) {
      throw new IllegalArgumentException(
          "sequences of %d tokens of %d cannot follow those of %d tokens of %d"
              .formatted(
                  others.sequenceLength, others.vocabularySize, sequenceLength, vocabularySize));
    }
    int[] both = Arrays.copyOf(tokens, Math.addExact(tokens.length, others.tokens.length));
    System.arraycopy(others.tokens, 0, both, tokens.length, others.tokens.length);
    return new TokenDataset(vocabularySize, sequenceLength, count + others.count, both);
  }

  /// SHA-256 of vocabulary size, sequence length and all tokens, in hexadecimal.
  public String contentHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(8).putInt(vocabularySize).putInt(sequenceLength).array());
      ByteBuffer buffer = ByteBuffer.allocate(4 * sequenceLength);
      for (int index = 0; index < count; index++) {
        buffer.clear();
        buffer.asIntBuffer().put(tokens, index * sequenceLength, sequenceLength);
        digest.update(buffer.array());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }
}
