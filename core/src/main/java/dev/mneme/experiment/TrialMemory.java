package dev.mneme.experiment;

import dev.mneme.model.GptConfig;

/// An estimate of the memory that one trial needs at its peak, somewhat above what was measured
/// (see docs/performance.md); good for deciding how many trials run at a time.
public final class TrialMemory {
  /// Weights in both orientations, gradient and two moments in single precision, padded to whole
  /// vectors, and the double-precision copies made when a checkpoint is written.
  private static final long BYTES_PER_PARAMETER = 72;

  /// The training set, the fresh set and the copy made while one is drawn, 4 bytes a token each.
  private static final long BYTES_PER_TOKEN = 12;

  /// Code lengths before, after and on fresh data, and the table of distinct sequences.
  private static final long BYTES_PER_SEQUENCE = 200;

  /// Activations and logits of the sequences that go through the network at a time, which hardly
  /// depend on the model, and scratch space.
  private static final long FIXED_BYTES = 16L << 20;

  private TrialMemory() {}

  /// Bytes.
  public static long of(TrialSpecification trial) {
    GptConfig model = trial.model();
    double attention =
        4.0 * model.layers() * model.heads() * model.contextLength() * model.contextLength();
    double logits = 4.0 * Math.max(1 << 17, (double) model.vocabularySize() * 8);
    double bytes =
        BYTES_PER_PARAMETER * (double) model.parameterCount().total()
            + BYTES_PER_TOKEN * (double) trial.sequences() * model.contextLength()
            + BYTES_PER_SEQUENCE * (double) trial.sequences()
            + attention
            + logits
            + FIXED_BYTES;
    return (long) Math.min(bytes, Long.MAX_VALUE / 1024.0);
  }
}
