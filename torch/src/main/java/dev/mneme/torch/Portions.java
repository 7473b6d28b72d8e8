package dev.mneme.torch;

import dev.mneme.model.GptConfig;

/// How much of a batch is worked on at a time. The gradients of portions are added up, so that they
/// decide about memory and rounding, and about nothing else.
///
/// @param positions that go through the network at a time, at least one whole sequence
/// @param headRows positions whose logits are there at a time
/// @param recomputed whether each block's insides are computed again on the way back (activation
///   checkpointing) instead of being kept, to the same bits
record Portions(int positions, int headRows, boolean recomputed) {
  private static final int POSITIONS = 1 << 12;
  private static final int LOGITS = 1 << 20;
  private static final int LEAST_HEAD_ROWS = 256;

  /// Bytes of activations that may be kept.
  private static final double KEPT_ON_PROCESSOR = 1L << 30;

  private static final double KEPT_ON_CARD = 1L << 34;

  /// 4,096 positions, and a million logits or those of 256 positions. Blocks are recomputed where
  /// their activations would take more than 1 GiB, or 16 GiB on a graphics card.
  static Portions of(GptConfig config, TorchDevice device) {
    double kept = device.kind() == TorchDevice.Kind.CPU ? KEPT_ON_PROCESSOR : KEPT_ON_CARD;
    return new Portions(
        POSITIONS,
        Math.max(LEAST_HEAD_ROWS, LOGITS / config.vocabularySize()),
        activations(config) > kept);
  }

  /// Bytes, about: for each block 20 rows of the model's width (norms, queries, keys, values, the
  /// hidden layer before and after GELU) and two rows of scores for each head.
  static double activations(GptConfig config) {
    double positions = Math.max(POSITIONS, config.contextLength());
    double perPosition = 20.0 * config.width() + 2.0 * config.heads() * config.contextLength();
    return Float.BYTES * positions * config.layers() * perPosition;
  }
}
