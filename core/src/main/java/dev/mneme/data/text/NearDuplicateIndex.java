package dev.mneme.data.text;

import dev.mneme.data.TokenDataset;
import dev.mneme.random.Seed;
import java.util.Arrays;
import java.util.BitSet;

/// Which test sequences have which n-grams: an open-addressing table from an n-gram's hash to the
/// list of its sequences.
final class NearDuplicateIndex {
  private static final int NONE = -1;

  /// An odd number, the base of the rolling hash modulo 2^64 (that of PCG's generator).
  private static final long BASE = 6364136223846793005L;

  private final NearDuplicates.Options options;
  private final int checked;
  private final int runs;
  private final long leaving;
  private final long[] keys;
  private final int[] first;
  private final int[] lastVisitor;
  private final int[] next;
  private final int[] owner;
  private final int[] distinct;
  private final int[] best;
  private final int[] shared;
  private final int[] touched;
  private final long[] hashes;
  private int entries;
  private int visitors;

  NearDuplicateIndex(TokenDataset test, NearDuplicates.Options options) {
    this.options = options;
    checked = test.count();
    runs = test.sequenceLength() - options.tokens() + 1;
    long power = 1;
    for (int i = 1; i < options.tokens(); i++) {
      power *= BASE;
    }
    leaving = power;
    int most = Math.multiplyExact(checked, runs);
    int size = Integer.highestOneBit(Math.max(2, most)) << 2;
    keys = new long[size];
    first = new int[size];
    Arrays.fill(first, NONE);
    lastVisitor = new int[size];
    next = new int[most];
    owner = new int[most];
    distinct = new int[checked];
    best = new int[checked];
    shared = new int[checked];
    touched = new int[checked];
    hashes = new long[runs];
    for (int index = 0; index < checked; index++) {
      add(index, test.sequence(index));
    }
  }

  private void add(int index, int[] tokens) {
    hashRuns(tokens);
    for (long hash : hashes) {
      int slot = slot(hash);
      keys[slot] = hash;
      if (first[slot] == NONE || owner[first[slot]] != index) { // each n-gram once
        owner[entries] = index;
        next[entries] = first[slot];
        first[slot] = entries++;
        distinct[index]++;
      }
    }
  }

  /// Rolls over the runs of n tokens: `h = Σ_i (token_i + 1) · BASE^(n−1−i)`, mixed.
  private void hashRuns(int[] tokens) {
    int length = options.tokens();
    long hash = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (i >= length) {
        hash -= leaving * (tokens[i - length] + 1);
      }
      hash = hash * BASE + (tokens[i] + 1);
      if (i >= length - 1) {
        hashes[i - length + 1] = new Seed(hash).stream().nextLong();
      }
    }
  }

  private int slot(long hash) {
    int slot = (int) hash & keys.length - 1;
    while (first[slot] != NONE && keys[slot] != hash) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  /// Counts the distinct n-grams that a training sequence has in common with each test sequence.
  void compare(int[] tokens) {
    hashRuns(tokens);
    visitors++;
    int touchedCount = 0;
    for (long hash : hashes) {
      int slot = slot(hash);
      if (first[slot] == NONE || lastVisitor[slot] == visitors) {
        continue;
      }
      lastVisitor[slot] = visitors;
      for (int entry = first[slot]; entry != NONE; entry = next[entry]) {
        int index = owner[entry];
        if (shared[index]++ == 0) {
          touched[touchedCount++] = index;
        }
      }
    }
    for (int i = 0; i < touchedCount; i++) {
      best[touched[i]] = Math.max(best[touched[i]], shared[touched[i]]);
      shared[touched[i]] = 0;
    }
  }

  NearDuplicates.Report report() {
    BitSet near = new BitSet(checked);
    BitSet sharing = new BitSet(checked);
    for (int i = 0; i < checked; i++) {
      sharing.set(i, best[i] > 0);
      near.set(i, best[i] > 0 && best[i] >= options.share() * distinct[i]);
    }
    return new NearDuplicates.Report(options, checked, sharing.cardinality(), near.cardinality());
  }
}
