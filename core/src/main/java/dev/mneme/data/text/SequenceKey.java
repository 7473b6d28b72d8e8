package dev.mneme.data.text;

import dev.mneme.random.Seed;

/// What a seed makes of a sequence's hash: its place in the order of the data set and its split.
/// Both follow from the content alone, so they do not depend on the corpus around it.
///
/// The order is by an unsigned 64-bit key. The hash goes to the key one to one (SplitMix64's mixing
/// of hash and seed), and the split is read off an independent mixing of the key.
record SequenceKey(long orderSeed, long splitSeed, double testShare, double referenceShare) {
  static SequenceKey of(TextDatasetOptions options) {
    return new SequenceKey(
        options.seed().derive("text order", 0).value(),
        options.seed().derive("text split", 0).value(),
        options.testShare(),
        options.referenceShare());
  }

  long key(long hash) {
    return new Seed(hash ^ orderSeed).stream().nextLong();
  }

  Split split(long key) {
    double place = new Seed(key ^ splitSeed).stream().nextDouble();
    if (place < testShare) {
      return Split.TEST;
    }
    return place < testShare + referenceShare ? Split.REFERENCE : Split.TRAIN;
  }
}
