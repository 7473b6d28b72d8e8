package dev.mneme.data.corpus;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.mneme.data.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// A file's bytes, unpacked where it begins as gzip or zstd files do, whatever its name. Stops with
/// an error where the packed data are damaged or cut off, or grow so much that they are rather an
/// attack than text.
final class CompressedInput extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  /// Below this, growth is no trouble.
  private static final long HARMLESS = 1L << 26;

  private final String name;
  private final Counting packed;
  private final int largestGrowth;
  private long unpacked;

  private CompressedInput(String name, InputStream input, Counting packed, int largestGrowth) {
    super(input);
    this.name = name;
    this.packed = packed;
    this.largestGrowth = largestGrowth;
  }

  /// @param file closed with the result, or here where it cannot be unpacked
  /// @throws InvalidDataException where the packed data are damaged from the start
  static InputStream open(String name, InputStream file, int largestGrowth) throws IOException {
    Counting counting = new Counting(file);
    BufferedInputStream input = new BufferedInputStream(counting, BUFFER);
    input.mark(4);
    byte[] start = input.readNBytes(4);
    input.reset();
    try {
      if (startsWith(start, 0x1F, 0x8B)) {
        return new CompressedInput(
            name, new GZIPInputStream(input, BUFFER), counting, largestGrowth);
      }
      if (startsWith(start, 0x28, 0xB5, 0x2F, 0xFD)) {
        return new CompressedInput(
            name, new ZstdInputStreamNoFinalizer(input), counting, largestGrowth);
      }
    } catch (IOException e) {
      input.close();
      throw damaged(name, 0, e);
    }
    return input;
  }

  private static boolean startsWith(byte[] bytes, int... values) {
    for (int i = 0; i < values.length; i++) {
      if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != values[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int count = super.read(bytes, offset, length);
      unpacked += Math.max(0, count);
      if (unpacked > HARMLESS && unpacked / largestGrowth > packed.count) {
        throw new InvalidDataException(
            name,
            unpacked + " bytes unpacked from " + packed.count,
            "at most " + largestGrowth + " times as many",
            "Text does not pack so well; unpack the file yourself if it is what you want.");
      }
      return count;
    } catch (IOException e) {
      throw damaged(name, unpacked, e);
    }
  }

  private static InvalidDataException damaged(String name, long after, IOException cause) {
    InvalidDataException error =
        new InvalidDataException(
            name,
            "packed data that break off or are damaged after "
                + after
                + " bytes of text ("
                + cause.getMessage()
                + ")",
            "a whole gzip or zstd file",
            "Copy or download it again.");
    error.initCause(cause);
    return error;
  }

  /// Counts what is read from the file itself.
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream input) {
      super(input);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
