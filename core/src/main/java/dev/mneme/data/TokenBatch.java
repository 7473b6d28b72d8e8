package dev.mneme.data;

/// Some sequences of a data set, by index; an index may occur more than once.
///
/// @param data where the sequences lie
/// @param indices which sequences, each in `[0, data.count())`; treat as read-only
@SuppressWarnings("ArrayRecordComponent") // a view handed to an engine once a step, never compared
public record TokenBatch(TokenDataset data, int[] indices) {
  public TokenBatch {
    if (indices.length == 0) {
      throw new IllegalArgumentException("a batch needs at least one sequence");
    }
    for (int index : indices) {
      if (index < 0 || index >= data.count()) {
        throw new IllegalArgumentException("sequence " + index + " is not one of " + data.count());
      }
    }
  }

  /// Sequences `from` (inclusive) to `to` (exclusive) in their order.
  public static TokenBatch range(TokenDataset data, int from, int to) {
    int[] indices = new int[to - from];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = from + i;
    }
    return new TokenBatch(data, indices);
  }

  /// The whole data set.
  public static TokenBatch all(TokenDataset data) {
    return range(data, 0, data.count());
  }

  /// The number of sequences, B.
  public int size() {
    return indices.length;
  }

  /// The number of predicted positions, B · S.
  public long positions() {
    return (long) indices.length * data.sequenceLength();
  }
}
