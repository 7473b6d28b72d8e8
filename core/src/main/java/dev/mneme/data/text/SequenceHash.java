package dev.mneme.data.text;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/// A 64-bit hash of packed tokens. Sequences of equal hash are compared, so a bad hash costs time
/// and never a sequence.
@FunctionalInterface
interface SequenceHash {
  long hash(byte[] bytes, int offset, int length);

  /// XXH3, the same on every machine.
  static SequenceHash xxh3() {
    Hasher64 hasher = Hashing.xxh3_64();
    return hasher::hashBytesToLong;
  }
}
