package dev.mneme.torch;

import dev.mneme.model.GptConfig;

/// How much of a batch is worked on at a time. The gradients of portions are added up, so that they
/// decide about memory and rounding, and about nothing else.
///
/// @param positions that go through the network at a time, at least one whole sequence
/// @param headRows positions whose logits are there at a time
record Portions(int positions, int headRows) {
  private static final int POSITIONS = 1 << 12;
  private static final int LOGITS = 1 << 20;
  private static final int LEAST_HEAD_ROWS = 256;

  /// 4,096 positions, and a million logits or those of 256 positions.
  static Portions of(GptConfig config) {
    return new Portions(POSITIONS, Math.max(LEAST_HEAD_ROWS, LOGITS / config.vocabularySize()));
  }
}
