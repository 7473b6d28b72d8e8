package dev.mneme.data.text;

import dev.mneme.data.tokenizer.TokenSink;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Cuts the tokens of a document into sequences of S, one after the other without overlap, and puts
/// each into its partition. What is left at the end of a document is dropped and counted.
final class SequenceCutter implements TokenSink {
  private final int sequenceLength;
  private final int mostPerDocument;
  private final TokenPacking packing;
  private final RecordLayout layout;
  private final SequenceHash hash;
  private final SequenceKey key;
  private final Partitions partitions;
  private final byte[] record;

  private int document = -1;
  private int position;
  private int cutInDocument;
  private long sequences;
  private long leftOver;
  private long shortDocuments;

  SequenceCutter(
      TextDatasetOptions options,
      TokenPacking packing,
      RecordLayout layout,
      SequenceHash hash,
      Partitions partitions) {
    sequenceLength = options.sequenceLength();
    mostPerDocument = options.sequencesPerDocument();
    this.packing = packing;
    this.layout = layout;
    this.hash = hash;
    key = SequenceKey.of(options);
    this.partitions = partitions;
    record = new byte[layout.size()];
  }

  void beginDocument() {
    document = Math.incrementExact(document);
    position = 0;
    cutInDocument = 0;
  }

  @Override
  public boolean accept(int token) {
    packing.put(token, record, RecordLayout.TOKENS + position * packing.width());
    position++;
    if (position == sequenceLength) {
      try {
        cut();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return cutInDocument < mostPerDocument;
  }

  private void cut() throws IOException {
    long hashed = hash.hash(record, RecordLayout.TOKENS, layout.tokenBytes());
    int offset = cutInDocument * sequenceLength;
    RecordLayout.put(record, 0, key.key(hashed), document, offset, 1);
    partitions.append(record, 0);
    position = 0;
    cutInDocument++;
    sequences++;
  }

  void endDocument() {
    leftOver += position;
    shortDocuments += cutInDocument == 0 ? 1 : 0;
  }

  long sequences() {
    return sequences;
  }

  /// Tokens at the ends of documents that did not fill a sequence.
  long leftOver() {
    return leftOver;
  }

  /// Documents shorter than a sequence.
  long shortDocuments() {
    return shortDocuments;
  }
}
