package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// What a model says without being trained.
///
/// Matrix products pick their order of summation by their shapes. So each sequence goes through the
/// network by itself, filled up to the context length, and head rows go in the same chunks: then no
/// row depends, not by a bit, on what it is scored with. Completion computes all rows anew for
/// every token for the same reason.
final class Scoring {
  private static final int LOGITS_AT_ONCE = 1 << 20;

  private final Network network;
  private final GptConfig config;
  private final Transfer transfer;
  private final int rowsAtOnce;

  Scoring(Network network, GptConfig config, Transfer transfer) {
    this.network = network;
    this.config = config;
    this.transfer = transfer;
    this.rowsAtOnce =
        Math.clamp(LOGITS_AT_ONCE / config.vocabularySize(), 1, config.contextLength());
  }

  /// The code length of every sequence; soft-max and sum in double precision.
  CodeLengths codeLengths(TokenBatch batch) {
    int length = batch.data().sequenceLength();
    double[] bits = new double[batch.size()];
    try (NoGradGuard noGradient = new NoGradGuard()) {
      for (int b = 0; b < bits.length; b++) {
        int[] tokens = batch.data().sequence(batch.indices()[b]);
        double nats = nats(tokens);
        if (!Double.isFinite(nats)) {
          throw new NonFiniteException(
              "the code length of a sequence of " + length + " tokens is " + nats + " nats");
        }
        bits[b] = Bits.ofNats(nats).value();
      }
    }
    return CodeLengths.ofBits(bits);
  }

  private double nats(int[] tokens) {
    double nats = 0;
    try (PointerScope scope = new PointerScope()) {
      Tensor rows = rows(tokens);
      for (int from = 0; from < tokens.length; from += rowsAtOnce) {
        try (PointerScope chunk = new PointerScope()) {
          int count = Math.min(rowsAtOnce, tokens.length - from);
          Tensor logits = logits(rows, from).narrow(0, 0, count);
          long[] targets = new long[count];
          for (int t = 0; t < count; t++) {
            targets[t] = tokens[from + t];
          }
          Tensor ofTarget = logits.gather(1, transfer.identifiers(targets, count, 1)).view(count);
          nats += logits.logsumexp(1).sub(ofTarget).sum().item_double();
        }
      }
    }
    return nats;
  }

  /// Logits `[B][T][V]` laid flat.
  double[] logits(TokenBatch batch) {
    int length = batch.data().sequenceLength();
    int vocabulary = config.vocabularySize();
    int perSequence = Math.multiplyExact(length, vocabulary);
    double[] out = new double[Math.multiplyExact(batch.size(), perSequence)];
    try (NoGradGuard noGradient = new NoGradGuard()) {
      for (int b = 0; b < batch.size(); b++) {
        try (PointerScope scope = new PointerScope()) {
          Tensor rows = rows(batch.data().sequence(batch.indices()[b]));
          for (int from = 0; from < length; from += rowsAtOnce) {
            try (PointerScope chunk = new PointerScope()) {
              int count = Math.min(rowsAtOnce, length - from);
              double[] values = Transfer.readDoubles(logits(rows, from).narrow(0, 0, count));
              System.arraycopy(values, 0, out, b * perSequence + from * vocabulary, values.length);
            }
          }
        }
      }
    }
    return out;
  }

  /// Greedy continuation, `[B][T − prefix]` laid flat.
  int[] complete(TokenBatch batch, int prefix) {
    int length = batch.data().sequenceLength();
    int[] completed = new int[Math.multiplyExact(batch.size(), length - prefix)];
    try (NoGradGuard noGradient = new NoGradGuard()) {
      for (int b = 0; b < batch.size(); b++) {
        int[] tokens = batch.data().sequence(batch.indices()[b]);
        for (int t = prefix; t < length; t++) {
          tokens[t] = mostLikely(tokens, t);
          completed[b * (length - prefix) + t - prefix] = tokens[t];
        }
      }
    }
    return completed;
  }

  /// The token with the largest logit in row t, the smallest of several.
  private int mostLikely(int[] tokens, int t) {
    double[] row;
    try (PointerScope scope = new PointerScope()) {
      Tensor rows = rows(tokens);
      int chunk = t / rowsAtOnce * rowsAtOnce;
      row = Transfer.readDoubles(logits(rows, chunk).select(0, t - chunk));
    }
    int best = 0;
    for (int v = 0; v < row.length; v++) {
      if (!Double.isFinite(row[v])) {
        throw new NonFiniteException("the logit of token " + v + " is " + row[v]);
      }
      if (row[v] > row[best]) {
        best = v;
      }
    }
    return best;
  }

  /// What the head is fed for one sequence, `[1][context length][C]`; rows after the sequence mean
  /// nothing.
  private Tensor rows(int[] tokens) {
    long[] padded = new long[config.contextLength()];
    for (int t = 0; t < tokens.length; t++) {
      padded[t] = tokens[t];
    }
    Tensor x = network.embed(transfer.identifiers(padded, 1, 1, padded.length));
    Tensor mask = network.causalMask(padded.length);
    for (int layer = 0; layer < config.layers(); layer++) {
      x = network.block(layer, x, mask);
    }
    return network.finalNorm(x);
  }

  /// Logits in double precision of up to `rowsAtOnce` rows from one on.
  private Tensor logits(Tensor rows, int from) {
    long count = Math.min(rowsAtOnce, rows.size(1) - from);
    return rows.narrow(1, from, count).bmm(network.head()).select(0, 0).to(ScalarType.Double);
  }
}
