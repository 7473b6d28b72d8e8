package dev.mneme.data.text;

import java.io.IOException;
import java.util.Arrays;

/// The distinct sequences of a partition, in memory: an open-addressing table by key, with contents
/// compared wherever keys agree.
final class DistinctSequences {
  private static final int INDEX_BITS = 24;
  private static final int NONE = -1;

  private final RecordLayout layout;
  private final int most;
  private byte[] records = new byte[0];
  private int[] table = filled(64);
  private int count;
  private long collisions;

  /// @param memory bytes for the sequences; the table takes up to 16 more for each
  DistinctSequences(RecordLayout layout, int memory) {
    this.layout = layout;
    most = Math.max(1, Math.min(memory / layout.size(), 1 << INDEX_BITS));
  }

  private static int[] filled(int size) {
    int[] table = new int[size];
    Arrays.fill(table, NONE);
    return table;
  }

  /// Takes a record, or counts it where its sequence is there already. The first one stays.
  ///
  /// @return false where there is no room for another sequence
  boolean add(byte[] source, int record) {
    long key = RecordLayout.key(source, record);
    int slot = slot(key);
    while (table[slot] != NONE) {
      int known = table[slot] * layout.size();
      if (RecordLayout.key(records, known) == key) {
        if (compareTokens(records, known, source, record) == 0) {
          RecordLayout.putOccurrences(
              records,
              known,
              saturatedSum(
                  RecordLayout.occurrences(records, known),
                  RecordLayout.occurrences(source, record)));
          return true;
        }
        collisions++;
      }
      slot = slot + 1 & table.length - 1;
    }
    if (count == most) {
      return false;
    }
    keep(source, record);
    table[slot] = count++;
    if (2 * count > table.length) {
      rehash();
    }
    return true;
  }

  private static int saturatedSum(int left, int right) {
    return (int) Math.min(Integer.MAX_VALUE, (long) left + right);
  }

  private void keep(byte[] source, int record) {
    int end = count * layout.size();
    if (end + layout.size() > records.length) {
      long grown = Math.max(64L * layout.size(), 2L * records.length);
      records = Arrays.copyOf(records, (int) Math.min(grown, (long) most * layout.size()));
    }
    System.arraycopy(source, record, records, end, layout.size());
  }

  private void rehash() {
    table = filled(2 * table.length);
    for (int i = 0; i < count; i++) {
      int slot = slot(RecordLayout.key(records, i * layout.size()));
      while (table[slot] != NONE) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = i;
    }
  }

  /// By the low bits: the high ones are much the same within a partition.
  private int slot(long key) {
    return (int) key & table.length - 1;
  }

  private int compareTokens(byte[] left, int leftRecord, byte[] right, int rightRecord) {
    int l = leftRecord + RecordLayout.TOKENS;
    int r = rightRecord + RecordLayout.TOKENS;
    return Arrays.compareUnsigned(
        left, l, l + layout.tokenBytes(), right, r, r + layout.tokenBytes());
  }

  private int compare(int left, int right) {
    int l = left * layout.size();
    int r = right * layout.size();
    int byKey = Long.compareUnsigned(RecordLayout.key(records, l), RecordLayout.key(records, r));
    return byKey != 0 ? byKey : compareTokens(records, l, records, r);
  }

  /// Visits all sequences in the order of (key, content).
  void visitSorted(RecordFile.Visitor visitor) throws IOException {
    for (int index : sorted()) {
      visitor.visit(records, index * layout.size());
    }
  }

  /// Sorts numbers made of 39 bits of the key, below those that all share, and the index; what they
  /// leave open is settled by insertion.
  private int[] sorted() {
    long shared = 0;
    for (int i = 0; i < count; i++) {
      shared |= RecordLayout.key(records, i * layout.size()) ^ RecordLayout.key(records, 0);
    }
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(shared) - 39);
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      long part = RecordLayout.key(records, i * layout.size()) >>> shift & (1L << 39) - 1;
      order[i] = part << INDEX_BITS | i;
    }
    Arrays.sort(order);
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      int index = (int) order[i] & (1 << INDEX_BITS) - 1;
      int at = i;
      while (at > 0 && compare(indices[at - 1], index) > 0) {
        indices[at] = indices[at - 1];
        at--;
      }
      indices[at] = index;
    }
    return indices;
  }

  long collisions() {
    return collisions;
  }
}
