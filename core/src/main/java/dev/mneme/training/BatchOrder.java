package dev.mneme.training;

import dev.mneme.random.Seed;

/// Which sequences each step sees: an endless line of epochs, each a random order of the whole
/// training set, cut into batches. Step `k` takes positions `(k-1)·B` to `k·B - 1` of that line, so
/// the batch depends on (seed, step) alone and training can go on from any step.
///
/// Where the batch holds the whole set it is the set in its own order at every step. Remembers the
/// last epoch for speed only; not thread-safe.
final class BatchOrder {
  private final Seed seed;
  private final int count;
  private final int batchSize;
  private long epoch = -1;
  private int[] order = new int[0];

  /// @param count sequences of the training set, N; at least 1
  /// @param batchSize as planned; B is the smaller of it and N
  BatchOrder(Seed seed, int count, int batchSize) {
    this.seed = seed;
    this.count = count;
    this.batchSize = Math.min(batchSize, count);
  }

  /// The batch of one step, B indices.
  ///
  /// @param step counted from 1
  int[] indices(long step) {
    int[] indices = new int[batchSize];
    long start = Math.multiplyExact(step - 1, (long) batchSize);
    for (int i = 0; i < batchSize; i++) {
      long position = start + i;
      indices[i] =
          batchSize == count ? i : orderOf(position / count)[Math.toIntExact(position % count)];
    }
    return indices;
  }

  private int[] orderOf(long wanted) {
    if (wanted != epoch) {
      order = seed.derive("order", wanted).stream().permutation(count);
      epoch = wanted;
    }
    return order;
  }
}
