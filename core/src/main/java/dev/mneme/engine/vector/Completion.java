package dev.mneme.engine.vector;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.vector.Activations.Saved;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Greedy completion of a batch. A group of sequences at a time: their prefixes go through the
/// network as in training and leave keys and values in the caches; then the group advances
/// together, one row a sequence and one position a step. Every row has the bits that it has in a
/// forward pass over whole sequences.
final class Completion {
  /// Sequences that advance together, at most: enough rows for the products to be fast, few enough
  /// for keys and values to stay near the processor.
  private static final int GROUP = 32;

  /// Keys and values of a group, at most, unless one sequence takes more: 64 MB.
  private static final long CACHE_BYTES = 1 << 26;

  private final Network network;
  private final TokenBatch batch;
  private final int prefix;
  private final int length;
  private final Activations prefixActivations;
  private final int group;
  private final List<KeyValueCache> caches = new ArrayList<>();
  private final Saved buffers;
  private final Operand residual;
  private final Operand branch;
  private final Operand finalUnit;
  private final float[] finalDeviation;
  private final Operand finalOut;
  private final int[] next;

  /// @param prefix tokens given, less than the sequence length
  Completion(
      VectorWidth width,
      PanelLayout layout,
      GptConfig config,
      OperandRounding rounding,
      Network network,
      TokenBatch batch,
      int prefix) {
    this.network = network;
    this.batch = batch;
    this.prefix = prefix;
    this.length = batch.data().sequenceLength();
    this.prefixActivations = new Activations(width, layout, config, rounding, Math.max(1, prefix));
    long bytes = config.layers() * KeyValueCache.bytesPerSequence(config, length);
    int most = (int) Math.clamp(CACHE_BYTES / bytes, 1, GROUP);
    this.group = Math.min(most, batch.size());
    for (int layer = 0; layer < config.layers(); layer++) {
      caches.add(new KeyValueCache(width, config, rounding, group, length));
    }
    int rows = PanelLayout.roundUp(group, 4);
    HeadLayout heads = HeadLayout.of(width, config);
    this.buffers =
        Saved.of(layout, config, heads, rows, rows + KeyValueCache.PRODUCT_ROWS, new float[0]);
    this.residual = layout.matrix(rows, config.width());
    this.branch = layout.matrix(rows, config.width());
    this.finalUnit = layout.matrix(rows, config.width());
    this.finalDeviation = new float[rows];
    this.finalOut = layout.matrix(rows, config.width());
    this.next = new int[rows];
  }

  /// @return shape `[batch][sequenceLength - prefix]`
  int[] run() {
    int suffix = length - prefix;
    int[] completed = new int[Math.multiplyExact(batch.size(), suffix)];
    for (int first = 0; first < batch.size(); first += group) {
      int sequences = Math.min(group, batch.size() - first);
      readPrefixes(first, sequences);
      for (int position = prefix; position < length; position++) {
        advance(sequences, position);
        for (int sequence = 0; sequence < sequences; sequence++) {
          completed[(first + sequence) * suffix + position - prefix] = next[sequence];
        }
      }
    }
    return completed;
  }

  /// Fills the caches for positions before `prefix`. The last token of the prefix is the input of
  /// the first step.
  private void readPrefixes(int first, int sequences) {
    if (prefix == 0) {
      return;
    }
    int[] tokens = new int[sequences * prefix];
    for (int sequence = 0; sequence < sequences; sequence++) {
      int index = batch.indices()[first + sequence];
      for (int t = 0; t < prefix; t++) {
        tokens[sequence * prefix + t] = batch.data().token(index, t);
      }
      next[sequence] = tokens[sequence * prefix + prefix - 1];
    }
    TokenBatch prefixes =
        TokenBatch.all(TokenDataset.of(batch.data().vocabularySize(), prefix, tokens));
    int capacity = prefixActivations.capacity();
    for (int from = 0; from < sequences; from += capacity) {
      int count = Math.min(capacity, sequences - from);
      network.forwardToBlocks(prefixes, from, count, prefixActivations);
      for (int layer = 0; layer < caches.size(); layer++) {
        Operand qkv = prefixActivations.saved(layer).qkv();
        for (int sequence = 0; sequence < count; sequence++) {
          for (int t = 0; t < prefix; t++) {
            caches.get(layer).store(from + sequence, t, qkv, prefixActivations.rows(sequence) + t);
          }
        }
      }
    }
  }

  /// Takes every sequence of the group one position on: from its last token, in `next`, to the one
  /// predicted at `position`.
  private void advance(int sequences, int position) {
    int rows = PanelLayout.roundUp(sequences, 4);
    Arrays.fill(residual.data(), 0);
    for (int sequence = 0; sequence < sequences; sequence++) {
      network.embedding().add(position, next[sequence], residual, sequence);
    }
    for (int layer = 0; layer < caches.size(); layer++) {
      Block block = network.blocks().get(layer);
      KeyValueCache cache = caches.get(layer);
      block.beforeAttention(rows, residual, buffers);
      for (int sequence = 0; sequence < sequences; sequence++) {
        cache.store(sequence, position, buffers.qkv(), sequence);
        // The product also writes the rows after this one, which come later.
        cache.attend(sequence, position, buffers.qkv(), sequence, buffers.mixed());
      }
      block.afterAttention(rows, buffers, residual, branch);
    }
    network.finalNorm().forward(rows, residual, finalUnit, finalDeviation, finalOut);
    network.head().mostLikely(sequences, finalOut, next);
  }
}
