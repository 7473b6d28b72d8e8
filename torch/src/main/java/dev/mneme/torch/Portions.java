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
  private static final int LEAST_POSITIONS = 1 << 12;
  private static final int LEAST_HEAD_ROWS = 256;

  /// What a device is given.
  ///
  /// @param positions at most
  /// @param logits that are there at a time
  /// @param kept bytes of activations that may be kept
  private record Room(int positions, int logits, double kept) {}

  private static final Room PROCESSOR = new Room(LEAST_POSITIONS, 1 << 20, 1L << 30);

  /// A card is slow with little work at a time, and has memory of its own.
  private static final Room CARD = new Room(1 << 18, 1 << 27, 1L << 34);

  /// On the processor 4,096 positions, and a million logits or those of 256 positions; more on a
  /// graphics card. Blocks are recomputed where the activations of 4,096 positions would take more
  /// than 1 GiB, or 16 GiB on a card.
  static Portions of(GptConfig config, TorchDevice device) {
    Room room = device.kind() == TorchDevice.Kind.CPU ? PROCESSOR : CARD;
    double fitting = room.kept() / activations(config);
    return new Portions(
        (int) Math.max(LEAST_POSITIONS, Math.min(room.positions(), fitting)),
        Math.max(LEAST_HEAD_ROWS, room.logits() / config.vocabularySize()),
        fitting < Math.max(LEAST_POSITIONS, config.contextLength()));
  }

  /// The same for models that are trained together and share the memory.
  Portions sharedBy(int models) {
    return new Portions(
        Math.max(1, positions / models), Math.max(1, headRows / models), recomputed);
  }

  /// Bytes for each position, about: for each block 20 rows of the model's width (norms, queries,
  /// keys, values, the hidden layer before and after GELU) and two rows of scores for each head.
  private static double activations(GptConfig config) {
    return (double) Float.BYTES
        * config.layers()
        * (20.0 * config.width() + 2.0 * config.heads() * config.contextLength());
  }
}
