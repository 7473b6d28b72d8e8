package dev.mneme.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Lines of bytes of bounded length, without their ends (`\n` or `\r\n`) and without a byte order
/// mark at the start.
final class LineReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream input;
  private final int longest;
  private final byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private byte[] line = new byte[1 << 10];
  private int length;
  private boolean tooLong;
  private long number;

  /// @param longest bytes that a line may have; a longer one is read past and marked
  LineReader(InputStream input, int longest) {
    this.input = input;
    this.longest = longest;
  }

  /// Moves on to the next line.
  ///
  /// @return whether there is one
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (from < to || fill()) {
      any = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      append(end);
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    if (any) {
      number++;
      if (!tooLong && length > 0 && line[length - 1] == '\r') {
        length--;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, input.read(buffer));
    if (number == 0 && length == 0 && to > 0) {
      while (to < BYTE_ORDER_MARK.length) {
        int more = input.read(buffer, to, buffer.length - to);
        if (more < 0) {
          break;
        }
        to += more;
      }
      if (to >= BYTE_ORDER_MARK.length
          && Arrays.equals(buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3)) {
        from = BYTE_ORDER_MARK.length;
      }
    }
    return to > 0;
  }

  private void append(int end) {
    int more = end - from;
    if (tooLong || more > longest - length) {
      tooLong = true;
      return;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(longest, 2L * (length + more)));
    }
    System.arraycopy(buffer, from, line, length, more);
    length += more;
  }

  /// The number of the line, from 1.
  long number() {
    return number;
  }

  /// Whether the line was longer than allowed; then it has no bytes.
  boolean isTooLong() {
    return tooLong;
  }

  /// The line's bytes are the first [#length] of this array, until the next call.
  byte[] array() {
    return line;
  }

  int length() {
    return tooLong ? 0 : length;
  }
}
