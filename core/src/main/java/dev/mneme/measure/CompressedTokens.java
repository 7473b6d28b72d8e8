package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.nio.ByteBuffer;

/// A data set compressed by [ModelCompressor]: an arithmetic-coded stream, and a header that says
/// what shape it has and how to check it.
public final class CompressedTokens {
  private static final int MAGIC = 0x4D4E5A31; // "MNZ1"
  private static final int HEADER_BYTES = 6 * Integer.BYTES;

  private final int vocabularySize;
  private final int sequenceLength;
  private final int count;
  private final int checksum;
  private final byte[] stream;

  CompressedTokens(int vocabularySize, int sequenceLength, int count, int checksum, byte[] stream) {
    this.vocabularySize = vocabularySize;
    this.sequenceLength = sequenceLength;
    this.count = count;
    this.checksum = checksum;
    this.stream = stream;
  }

  public int vocabularySize() {
    return vocabularySize;
  }

  /// Tokens per sequence, S.
  public int sequenceLength() {
    return sequenceLength;
  }

  /// The number of sequences, N.
  public int count() {
    return count;
  }

  /// CRC-32 over shape and tokens.
  int checksum() {
    return checksum;
  }

  /// A copy of the arithmetic-coded stream.
  public byte[] stream() {
    return stream.clone();
  }

  /// The size of the arithmetic-coded stream, the figure to compare with a code length. A code
  /// length takes shape and model for known, so the 24 bytes of header do not count.
  public Bits streamSize() {
    return ArithmeticCoder.size(stream);
  }

  /// Header and stream: `MNZ1`, vocabulary size, sequence length, count, checksum and stream length
  /// as big-endian 32-bit integers, then the stream.
  public byte[] toBytes() {
    return ByteBuffer.allocate(Math.addExact(HEADER_BYTES, stream.length))
        .putInt(MAGIC)
        .putInt(vocabularySize)
        .putInt(sequenceLength)
        .putInt(count)
        .putInt(checksum)
        .putInt(stream.length)
        .put(stream)
        .array();
  }

  /// Reads what [#toBytes] wrote.
  ///
  /// @throws DamagedStreamException where the bytes are truncated, too long or not of this format
  public static CompressedTokens fromBytes(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new DamagedStreamException(
          "compressed tokens start with a header of " + HEADER_BYTES + " bytes, but there are "
              + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int magic = buffer.getInt();
    if (magic != MAGIC) {
      throw new DamagedStreamException(
          "compressed tokens start with MNZ1, but these bytes start with 0x%08X".formatted(magic));
    }
    int vocabularySize = buffer.getInt();
    int sequenceLength = buffer.getInt();
    int count = buffer.getInt();
    int checksum = buffer.getInt();
    int length = buffer.getInt();
    if (vocabularySize < 1 || sequenceLength < 1 || count < 0) {
      throw new DamagedStreamException(
          "the header states a vocabulary of " + vocabularySize + ", sequences of " + sequenceLength
              + " tokens and " + count + " sequences, which cannot be");
    }
    if (length != buffer.remaining()) {
      throw new DamagedStreamException(
          "the header promises a stream of " + length + " bytes, but " + buffer.remaining()
              + " follow: the data are truncated or altered");
    }
    byte[] stream = new byte[length];
    buffer.get(stream);
    return new CompressedTokens(vocabularySize, sequenceLength, count, checksum, stream);
  }
}
