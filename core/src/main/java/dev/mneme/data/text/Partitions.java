package dev.mneme.data.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Records spread over 256 files by eight bits of their keys, so that records of equal keys meet in
/// one file, and so that the files, one after the other, are in the order of the keys.
final class Partitions implements AutoCloseable {
  private static final int COUNT = 256;

  /// Memory for all files together.
  private static final int BUFFERS = 1 << 23;

  private final List<RecordFile> files = new ArrayList<>();
  private final int shift;

  /// @param depth which eight bits: 0 for the most significant
  Partitions(Path folder, String name, RecordLayout layout, int depth) throws IOException {
    shift = Long.SIZE - Byte.SIZE * (depth + 1);
    int buffered = BUFFERS / COUNT / layout.size();
    try {
      for (int i = 0; i < COUNT; i++) {
        files.add(
            new RecordFile(folder.resolve(name + "-" + i + ".part"), layout.size(), buffered));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  void append(byte[] source, int record) throws IOException {
    int part = (int) (RecordLayout.key(source, record) >>> shift) & (COUNT - 1);
    files.get(part).append(source, record);
  }

  /// The files in the order of their keys.
  List<RecordFile> files() {
    return files;
  }

  /// Ends writing.
  @Override
  public void close() throws IOException {
    for (RecordFile file : files) {
      file.close();
    }
  }
}
