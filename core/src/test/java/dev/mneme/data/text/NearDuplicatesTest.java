package dev.mneme.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.TokenDataset;
import dev.mneme.data.corpus.EmbeddedCorpus;
import dev.mneme.data.tokenizer.ByteTokenizer;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearDuplicatesTest {
  private static TextSequences sequences(Split split, int[]... rows) {
    int[] tokens = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    int[] none = new int[rows.length];
    return new TextSequences(split, TokenDataset.of(10, rows[0].length, tokens), none, none, none);
  }

  @Test
  void countsRunsSharedWithASingleSequence() {
    TextSequences train =
        sequences(Split.TRAIN, new int[] {9, 1, 2, 3, 4, 9}, new int[] {4, 5, 6, 9, 9, 9});
    TextSequences test =
        sequences(
            Split.TEST,
            new int[] {1, 2, 3, 4, 5, 6}, // runs of two: 12 23 34 in the first, 45 56 in the second
            new int[] {0, 0, 0, 0, 7, 8}, // runs 00 07 78: none
            new int[] {0, 0, 0, 0, 4, 5}); // runs 00 04 45: one of three
    assertThat(NearDuplicates.against(train, test, new NearDuplicates.Options(2, 0.6, 10)))
        .extracting(
            NearDuplicates.Report::checked,
            NearDuplicates.Report::sharing,
            NearDuplicates.Report::near)
        .containsExactly(3, 2, 1);
    assertThat(NearDuplicates.against(train, test, new NearDuplicates.Options(2, 0.61, 10)).near())
        .isZero();
    assertThat(NearDuplicates.against(train, test, new NearDuplicates.Options(2, 0.33, 10)).near())
        .isEqualTo(2);
    assertThat(NearDuplicates.against(train, test, new NearDuplicates.Options(2, 0.6, 1)).checked())
        .isEqualTo(1);
  }

  @Property(seed = "2026", tries = 200)
  void agreesWithSets(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int length) {
    TextSequences train = random(seed, Split.TRAIN);
    TextSequences test = random(seed + 1, Split.TEST);
    int near = 0;
    for (int i = 0; i < test.count(); i++) {
      Set<List<Integer>> runs = runs(test.tokens().sequence(i), length);
      long best = 0;
      for (int j = 0; j < train.count(); j++) {
        Set<List<Integer>> other = runs(train.tokens().sequence(j), length);
        best = Math.max(best, runs.stream().filter(other::contains).count());
      }
      near += best >= 0.5 * runs.size() ? 1 : 0;
    }
    assertThat(
            NearDuplicates.against(train, test, new NearDuplicates.Options(length, 0.5, 100))
                .near())
        .isEqualTo(near);
  }

  private static TextSequences random(long seed, Split split) {
    var stream = new Seed(seed).derive("tokens", 0).stream();
    return sequences(
        split,
        IntStream.range(0, 12)
            .mapToObj(row -> IntStream.range(0, 8).map(i -> stream.nextInt(4)).toArray())
            .toArray(int[][]::new));
  }

  private static Set<List<Integer>> runs(int[] tokens, int length) {
    return IntStream.rangeClosed(0, tokens.length - length)
        .mapToObj(from -> Arrays.stream(tokens, from, from + length).boxed().toList())
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void readsTheWholeTrainingSplit(@TempDir Path folder) throws IOException {
    try (TextDataset data =
        TextDataset.build(
            EmbeddedCorpus.stateOfTheUnion(),
            new ByteTokenizer(),
            TextDatasetOptions.of(64, new Seed(1)).withSequencesPerDocument(20),
            folder)) {
      NearDuplicates.Options options = NearDuplicates.Options.forLength(64);
      TextSequences train = data.sequences(Split.TRAIN, (int) data.report().count(Split.TRAIN));
      TextSequences test = data.sequences(Split.TEST, (int) data.report().count(Split.TEST));
      NearDuplicates.Report report = NearDuplicates.against(data, options);
      assertThat(report).isEqualTo(NearDuplicates.against(train, test, options));
      assertThat(report.sharingShare()).isBetween(0.01, 1.0);
      assertThat(NearDuplicates.against(test, test, options).nearShare()).isEqualTo(1);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new NearDuplicates.Options(0, 0, 0))
        .isInstanceOfSatisfying(
            InvalidDataException.class, e -> assertThat(e.problems()).hasSize(3));
    TextSequences some = sequences(Split.TEST, new int[] {1, 2});
    assertThatThrownBy(
            () -> NearDuplicates.against(some, some, new NearDuplicates.Options(3, 0.5, 1)))
        .isInstanceOf(InvalidDataException.class);
  }
}
