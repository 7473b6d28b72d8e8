package dev.mneme.data.text;

import java.io.IOException;
import java.nio.file.Path;

/// Takes partitions apart into distinct sequences in the order of (key, content), each with where
/// it first occurred and how often. A partition whose distinct sequences do not fit into the memory
/// allowed is partitioned further.
final class Deduplication {
  private static final int READ_SIZE = 1 << 20;
  private static final int DEEPEST = Long.BYTES - 1;

  private final Path folder;
  private final RecordLayout layout;
  private final int memory;
  private final RecordFile.Visitor distinct;
  private long collisions;
  private int names;

  /// @param distinct takes the distinct sequences
  Deduplication(Path folder, RecordLayout layout, int memory, RecordFile.Visitor distinct) {
    this.folder = folder;
    this.layout = layout;
    this.memory = memory;
    this.distinct = distinct;
  }

  /// Deduplicates and deletes the partitions.
  void run(Partitions partitions) throws IOException {
    run(partitions, 0);
  }

  private void run(Partitions partitions, int depth) throws IOException {
    for (RecordFile file : partitions.files()) {
      DistinctSequences sequences = new DistinctSequences(layout, memory);
      if (file.read(READ_SIZE, sequences::add)) {
        sequences.visitSorted(distinct);
        collisions += sequences.collisions();
        file.delete();
      } else if (depth < DEEPEST) {
        Partitions finer = new Partitions(folder, "sub-" + names++, layout, depth + 1);
        try (finer) {
          file.read(
              READ_SIZE,
              (bytes, record) -> {
                finer.append(bytes, record);
                return true;
              });
        }
        file.delete();
        run(finer, depth + 1);
      } else {
        throw new IOException(
            "more distinct sequences of equal hash than fit into " + memory + " bytes");
      }
    }
  }

  /// Pairs of different sequences whose hashes agreed and whose contents had to tell them apart.
  long collisions() {
    return collisions;
  }
}
