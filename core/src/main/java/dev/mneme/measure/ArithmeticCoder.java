package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.Arrays;

/// An arithmetic coder in integers (Witten, Neal and Cleary, CACM 1987; carry handling after
/// Martin's range encoder, 1979). It shows that code lengths are real sizes: the stream is at most
/// 8 bits longer than the sum of `−log2(count / 2^48)`, rounding to whole bytes included.
///
/// The state is an interval of unsigned 64-bit integers, its width kept at 2^56 or more by moving
/// whole bytes out. Bounds are `⌊width · cumulative / 2^48⌋`, exact through a 128-bit product, so
/// that a symbol of count c loses a relative 2^-8 / c of its interval at most.
public final class ArithmeticCoder {
  private static final long LEAST_WIDTH = 1L << 56;
  private static final int TOP_BYTE = 56;
  private static final int STATE_BYTES = 8;

  private ArithmeticCoder() {}

  /// `⌊width · cumulative / 2^48⌋` for an unsigned width.
  private static long bound(long width, long cumulative) {
    return cumulative == SymbolDistribution.TOTAL
        ? width
        : Math.unsignedMultiplyHigh(width, cumulative << (64 - SymbolDistribution.PRECISION));
  }

  private static boolean isNarrow(long width) {
    return Long.compareUnsigned(width, LEAST_WIDTH) < 0;
  }

  /// Turns symbols into bytes. Not thread-safe.
  public static final class Encoder {
    private byte[] bytes = new byte[64];
    private int size;
    private long low;
    private long width = -1; // 2^64 − 1
    private boolean finished;

    /// Starts an empty stream.
    public Encoder() {}

    /// Appends one symbol.
    ///
    /// @throws IllegalArgumentException where the symbol is not one of the distribution
    public void encode(SymbolDistribution distribution, int symbol) {
      if (finished) {
        throw new IllegalStateException("this stream is finished; start another encoder");
      }
      if (symbol < 0 || symbol >= distribution.symbols()) {
        throw new IllegalArgumentException(
            "symbol " + symbol + " is not one of " + distribution.symbols());
      }
      long from = bound(width, distribution.before(symbol));
      long to = bound(width, distribution.before(symbol + 1));
      advance(from);
      width = to - from;
      while (isNarrow(width)) {
        append((byte) (low >>> TOP_BYTE));
        low <<= 8;
        width <<= 8;
      }
    }

    /// Ends the stream. The last byte is the shortest that names a number in the interval; the
    /// decoder reads zeros after it.
    public byte[] finish() {
      if (!finished) {
        advance(-low & (LEAST_WIDTH - 1)); // up to a multiple of 2^56, still inside the interval
        append((byte) (low >>> TOP_BYTE));
        finished = true;
      }
      return Arrays.copyOf(bytes, size);
    }

    private void advance(long amount) {
      low += amount;
      if (Long.compareUnsigned(low, amount) < 0) {
        carry();
      }
    }

    /// Adds one to the number already written. The interval never leaves [0, 1), so a byte below
    /// 0xFF precedes any run of 0xFF.
    private void carry() {
      int i = size - 1;
      while (bytes[i] == (byte) 0xFF) {
        bytes[i--] = 0;
      }
      bytes[i]++;
    }

    private void append(byte value) {
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, size));
      }
      bytes[size++] = value;
    }
  }

  /// Turns bytes back into symbols, given the same distributions in the same order. Not
  /// thread-safe.
  public static final class Decoder {
    private final byte[] bytes;
    private long read;
    private long offset; // of the coded number from the low end of the interval; below the width
    private long width = -1;

    /// Reads what an [Encoder] wrote.
    ///
    /// @param bytes exactly the stream; copied
    /// @throws DamagedStreamException where it is empty
    public Decoder(byte[] bytes) {
      if (bytes.length == 0) {
        throw new DamagedStreamException(
            "an arithmetic-coded stream has at least 1 byte, but got 0");
      }
      this.bytes = bytes.clone();
      for (int i = 0; i < STATE_BYTES; i++) {
        offset = offset << 8 | next();
      }
      if (offset == -1) {
        throw new DamagedStreamException(
            "no encoder writes a stream that starts with 8 bytes 0xFF");
      }
    }

    /// The next symbol.
    ///
    /// @throws DamagedStreamException where the stream ends too early
    public int decode(SymbolDistribution distribution) {
      int symbol = 0;
      int beyond = distribution.symbols();
      while (beyond - symbol > 1) {
        int middle = (symbol + beyond) >>> 1;
        if (Long.compareUnsigned(offset, bound(width, distribution.before(middle))) < 0) {
          beyond = middle;
        } else {
          symbol = middle;
        }
      }
      long from = bound(width, distribution.before(symbol));
      width = bound(width, distribution.before(symbol + 1)) - from;
      offset -= from;
      while (isNarrow(width)) {
        offset = offset << 8 | next();
        width <<= 8;
      }
      return symbol;
    }

    /// Checks, after the last symbol, that the stream ended exactly there.
    ///
    /// @throws DamagedStreamException where bytes are left over
    public void finish() {
      long expected = read - STATE_BYTES + 1;
      if (expected != bytes.length) {
        throw new DamagedStreamException(
            "the symbols end after " + expected + " bytes, but the stream has " + bytes.length);
      }
    }

    private long next() {
      long position = read++;
      if (position >= bytes.length + STATE_BYTES - 1L) {
        throw new DamagedStreamException(
            "the stream ends after "
                + bytes.length
                + " bytes, before its last symbol: it is truncated or"
                + " does not belong to these distributions");
      }
      return position < bytes.length ? bytes[(int) position] & 0xFFL : 0;
    }
  }

  /// The size of a stream.
  static Bits size(byte[] stream) {
    return new Bits(8.0 * stream.length);
  }
}
