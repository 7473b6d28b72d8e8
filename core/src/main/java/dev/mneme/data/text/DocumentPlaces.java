package dev.mneme.data.text;

import dev.mneme.data.corpus.Document;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Where each document came from, in a file of 12 bytes a document: source and row.
final class DocumentPlaces {
  private static final int SIZE = Integer.BYTES + Long.BYTES;

  private final Path path;
  private final List<String> sources;

  DocumentPlaces(Path path, List<String> sources) {
    this.path = path;
    this.sources = sources;
  }

  /// Writes places in the order of the documents.
  static final class Writer implements AutoCloseable {
    private final RecordFile file;

    Writer(Path path) throws IOException {
      file = new RecordFile(path, SIZE, 1 << 12);
    }

    void add(Document document) throws IOException {
      file.append(
          ByteBuffer.allocate(SIZE).putInt(document.source()).putLong(document.row()).array(), 0);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /// A name such as `speeches.jsonl:17`.
  String name(int document) throws IOException {
    ByteBuffer place = ByteBuffer.allocate(SIZE);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long position = (long) document * SIZE;
      while (place.hasRemaining()) {
        if (channel.read(place, position + place.position()) < 0) {
          throw new EOFException("there is no document " + document);
        }
      }
    }
    place.flip();
    return sources.get(place.getInt()) + ":" + place.getLong();
  }
}
