package dev.mneme.data.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Records of one size in a file of their own: appended once, then read from the start as often as
/// one likes.
final class RecordFile implements AutoCloseable {
  private final Path path;
  private final int recordSize;
  private final byte[] buffer;
  private final OutputStream output;
  private int filled;
  private long count;

  /// @param buffered records held back before they are written
  RecordFile(Path path, int recordSize, int buffered) throws IOException {
    this.path = path;
    this.recordSize = recordSize;
    buffer = new byte[Math.multiplyExact(recordSize, Math.max(1, buffered))];
    output = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// Copies a record from an array.
  void append(byte[] source, int record) throws IOException {
    if (filled == buffer.length) {
      flush();
    }
    System.arraycopy(source, record, buffer, filled, recordSize);
    filled += recordSize;
    count++;
  }

  private void flush() throws IOException {
    output.write(buffer, 0, filled);
    filled = 0;
  }

  /// Ends writing.
  @Override
  public void close() throws IOException {
    try (output) {
      flush();
    }
  }

  long count() {
    return count;
  }

  /// Takes records in the order in which they were appended.
  @FunctionalInterface
  interface Visitor {
    /// @param bytes where the record lies until the visitor returns
    /// @param record its first byte there
    /// @return whether more are wanted
    boolean visit(byte[] bytes, int record) throws IOException;
  }

  /// Reads the file from the start; after [#close].
  ///
  /// @param bytes how much to read at a time, about
  /// @return whether all records were visited
  boolean read(int bytes, Visitor visitor) throws IOException {
    byte[] block = new byte[recordSize * Math.max(1, bytes / recordSize)];
    try (InputStream input = Files.newInputStream(path)) {
      while (true) {
        int length = input.readNBytes(block, 0, block.length);
        for (int record = 0; record + recordSize <= length; record += recordSize) {
          if (!visitor.visit(block, record)) {
            return false;
          }
        }
        if (length < block.length) {
          return true;
        }
      }
    }
  }

  void delete() throws IOException {
    Files.delete(path);
  }
}
