package dev.mneme.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeduplicationTest {
  /// One byte of tokens.
  private static final RecordLayout LAYOUT = new RecordLayout(1);

  private record Sequence(long key, int token) {}

  @TempDir private Path folder;

  /// What comes out, each with its first document and its count, when `room` sequences fit into
  /// memory.
  private Map<Sequence, List<Integer>> run(List<Sequence> sequences, int room) throws IOException {
    Partitions partitions = new Partitions(folder, "cut", LAYOUT, 0);
    try (partitions) {
      byte[] record = new byte[LAYOUT.size()];
      for (int i = 0; i < sequences.size(); i++) {
        RecordLayout.put(record, 0, sequences.get(i).key(), i, 0, 1);
        record[RecordLayout.TOKENS] = (byte) sequences.get(i).token();
        partitions.append(record, 0);
      }
    }
    Map<Sequence, List<Integer>> distinct = new LinkedHashMap<>();
    new Deduplication(
            folder,
            LAYOUT,
            room * LAYOUT.size(),
            (bytes, record) -> {
              Sequence sequence =
                  new Sequence(
                      RecordLayout.key(bytes, record),
                      Byte.toUnsignedInt(bytes[record + RecordLayout.TOKENS]));
              assertThat(distinct).doesNotContainKey(sequence);
              distinct.put(
                  sequence,
                  List.of(
                      RecordLayout.document(bytes, record),
                      RecordLayout.occurrences(bytes, record)));
              return true;
            })
        .run(partitions);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    return distinct;
  }

  private static Map<Sequence, List<Integer>> expected(List<Sequence> sequences) {
    Map<Sequence, List<Integer>> expected = new LinkedHashMap<>();
    sequences.stream()
        .distinct()
        .sorted(
            Comparator.comparing(Sequence::key, Long::compareUnsigned)
                .thenComparing(Sequence::token))
        .forEach(sequence ->
            expected.put(
                sequence,
                List.of(
                    sequences.indexOf(sequence),
                    (int) sequences.stream().filter(sequence::equals).count())));
    return expected;
  }

  /// Keys that share their first byte, or two, or three, with room for four: partitions of
  /// partitions.
  @Test
  void partitionsWhatDoesNotFit() throws IOException {
    RandomStream random = new Seed(5).derive("keys", 0).stream();
    List<Sequence> sequences = new ArrayList<>();
    for (long mask : new long[] {-1L, -1L >>> 8, -1L >>> 16, -1L >>> 24}) {
      long prefix = random.nextLong() & ~mask;
      for (int i = 0; i < 20; i++) {
        sequences.add(new Sequence(prefix | random.nextLong() & mask, random.nextInt(256)));
      }
    }
    sequences.addAll(List.copyOf(sequences.subList(10, 60)));
    sequences.addAll(List.copyOf(sequences.subList(30, 40)));
    Map<Sequence, List<Integer>> expected = expected(sequences);
    for (int room : new int[] {4, 1_000}) {
      Map<Sequence, List<Integer>> distinct = run(sequences, room);
      assertThat(distinct).isEqualTo(expected);
      assertThat(List.copyOf(distinct.keySet())).isEqualTo(List.copyOf(expected.keySet()));
    }
  }

  @Test
  void keepsSequencesOfEqualKeyApartAndInOrder() throws IOException {
    List<Sequence> sequences = new ArrayList<>();
    for (int token : new int[] {200, 3, 77, 3, 200, 200, 0}) {
      sequences.add(new Sequence(-5, token));
    }
    Map<Sequence, List<Integer>> distinct = run(sequences, 10);
    assertThat(distinct).isEqualTo(expected(sequences));
    assertThat(distinct.keySet().stream().mapToInt(Sequence::token)).containsExactly(0, 3, 77, 200);
  }

  /// Duplicates take no memory: ten thousand of one sequence fit where there is room for two.
  @Test
  void duplicatesTakeNoMemory() throws IOException {
    Sequence[] same = new Sequence[10_000];
    Arrays.fill(same, new Sequence(9, 1));
    Map<Sequence, List<Integer>> distinct = run(List.of(same), 2);
    assertThat(distinct).containsExactly(Map.entry(new Sequence(9, 1), List.of(0, 10_000)));
  }

  /// Nothing but an attack on the hash, or a broken one, brings this about; it must not lose any.
  @Test
  void refusesWhatCannotBePartitioned() {
    List<Sequence> sequences = new ArrayList<>();
    for (int token = 0; token < 5; token++) {
      sequences.add(new Sequence(9, token));
    }
    assertThatThrownBy(() -> run(sequences, 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("equal hash");
  }
}
