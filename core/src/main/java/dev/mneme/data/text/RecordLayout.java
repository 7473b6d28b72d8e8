package dev.mneme.data.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A sequence in a file: key (8 bytes), document (4), offset in the document (4), how often it
/// occurs (4), tokens. Numbers are big-endian.
///
/// @param tokenBytes length of the packed tokens
record RecordLayout(int tokenBytes) {
  static final int TOKENS = 20;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  int size() {
    return TOKENS + tokenBytes;
  }

  static long key(byte[] bytes, int record) {
    return (long) LONG.get(bytes, record);
  }

  static int document(byte[] bytes, int record) {
    return (int) INT.get(bytes, record + 8);
  }

  static int offset(byte[] bytes, int record) {
    return (int) INT.get(bytes, record + 12);
  }

  static int occurrences(byte[] bytes, int record) {
    return (int) INT.get(bytes, record + 16);
  }

  static void put(byte[] bytes, int record, long key, int document, int offset, int occurrences) {
    LONG.set(bytes, record, key);
    INT.set(bytes, record + 8, document);
    INT.set(bytes, record + 12, offset);
    putOccurrences(bytes, record, occurrences);
  }

  static void putOccurrences(byte[] bytes, int record, int occurrences) {
    INT.set(bytes, record + 16, occurrences);
  }
}
