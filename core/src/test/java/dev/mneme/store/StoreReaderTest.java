package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.unit.Bits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReaderTest {
  @TempDir private static Path home;
  private static StoreReader store;

  /// Trials 0 to 11; every fourth diverged or failed in turn. Experiments: the even ones, and 3.
  @BeforeAll
  static void fill() {
    Path file = home.resolve("trials.duckdb");
    try (TrialStore filled = TrialStore.open(file, "test")) {
      List<String> even = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        TrialResult result =
            switch (i % 8) {
              case 3 -> MadeUpTrials.diverged(i);
              case 7 -> MadeUpTrials.failed(i);
              default -> MadeUpTrials.finished(i);
            };
        filled.keep(i % 4 == 3 ? TrialOutcome.of(result) : MadeUpTrials.withScores(i));
        if (i % 2 == 0) {
          even.add(result.id());
        }
      }
      filled.register(new ExperimentRecord("even", "grid", "", ""), even);
      filled.register(
          new ExperimentRecord("a few", "grid", "", ""),
          List.of(MadeUpTrials.id(4), MadeUpTrials.id(3), "not yet run"));
    }
    store = TrialStore.openExisting(file, "test");
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static List<TrialRow> list(TrialFilter filter) {
    List<TrialRow> rows = new ArrayList<>();
    store.list(filter, rows::add);
    return rows;
  }

  private static List<Integer> numbers(TrialFilter filter) {
    return list(filter).stream()
        .map(row -> row.sequences() - MadeUpTrials.specification(0).sequences())
        .toList();
  }

  @Test
  void aRowSaysWhatAListShows() {
    TrialResult.Finished four = MadeUpTrials.finished(4);
    assertThat(list(TrialFilter.ALL.withIdPrefix(four.id())))
        .containsExactly(
            new TrialRow(
                four.id(),
                TrialStatus.FINISHED,
                List.of("a few", "even"),
                2,
                16,
                2,
                97,
                7,
                four.specification().model().parameterCount().total(),
                14,
                2,
                1004,
                0.01 / 5,
                Optional.of(four.bitsPerParameter()),
                Optional.of(new Bits(100 + (4 + 1.0 / 3))),
                OptionalDouble.of(four.training().net().value() / four.ceiling().value()),
                5.5));
    assertThat(list(TrialFilter.ALL.withIdPrefix(MadeUpTrials.id(7))))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.status()).isEqualTo(TrialStatus.FAILED);
          assertThat(row.experiments()).isEmpty();
          assertThat(row.net()).isEmpty();
          assertThat(row.bitsPerParameter()).isEmpty();
          assertThat(row.shareOfCeiling()).isEmpty();
        });
  }

  @Test
  void trialsAreFilteredSortedAndLimited() {
    TrialFilter all = TrialFilter.ALL;
    assertThat(numbers(all)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(numbers(all.limitedTo(3))).containsExactly(0, 1, 2);
    assertThat(numbers(all.limitedTo(0))).isEmpty();
    assertThat(numbers(all.withStatuses(Set.of(TrialStatus.DIVERGED)))).containsExactly(3, 11);
    assertThat(numbers(all.withStatuses(Set.of(TrialStatus.DIVERGED, TrialStatus.FAILED))))
        .containsExactly(3, 7, 11);
    assertThat(numbers(all.withExperiment("even"))).containsExactly(0, 2, 4, 6, 8, 10);
    assertThat(numbers(all.withExperiment("a few"))).containsExactly(3, 4);
    assertThat(numbers(all.withExperiment("none"))).isEmpty();
    assertThat(numbers(all.withModel(1, 16))).containsExactly(0, 6);
    assertThat(numbers(all.withModel(1, 32))).containsExactly(3, 9);
    assertThat(numbers(all.withData(97, 7))).hasSize(12);
    assertThat(numbers(all.withData(97, 8))).isEmpty();
    assertThat(numbers(all.withModel(1, 32).withStatuses(Set.of(TrialStatus.FINISHED))))
        .containsExactly(9);
    assertThat(numbers(all.sortedBy(TrialOrder.LEARNING_RATE, false).limitedTo(2)))
        .containsExactly(11, 10);
    assertThat(numbers(all.sortedBy(TrialOrder.NET_BITS, true)))
        .as("those without the figure come last")
        .containsExactly(10, 9, 8, 6, 5, 4, 2, 1, 0, 3, 7, 11);
    assertThat(numbers(all.sortedBy(TrialOrder.NET_BITS, false)).getFirst()).isZero();
    for (TrialOrder order : TrialOrder.values()) {
      assertThat(numbers(all.sortedBy(order, true))).hasSize(12).doesNotHaveDuplicates();
    }
    assertThatThrownBy(() -> all.limitedTo(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTrialIsShownByTheBeginningOfItsIdentity() {
    String id = MadeUpTrials.id(5);
    StoredTrial expected = new StoredTrial(MadeUpTrials.finished(5), List.of(), 15, 10);
    assertThat(store.show(id)).isEqualTo(expected);
    assertThat(store.show(id.substring(0, 8))).isEqualTo(expected);
    assertThat(store.show(MadeUpTrials.id(3)))
        .isEqualTo(new StoredTrial(MadeUpTrials.diverged(3), List.of("a few"), 0, 0));
    assertThat(store.scores(id)).contains(MadeUpTrials.scores(5));
    assertThat(store.scores(MadeUpTrials.id(3))).isEmpty();
  }

  @Test
  void aBeginningThatFitsNoneOrManyIsAMistake() {
    InvalidConfigurationException unknown =
        catchThrowableOfType(InvalidConfigurationException.class, () -> store.show("zzz"));
    assertThat(unknown.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo("trial");
          assertThat(problem.given()).isEqualTo("zzz");
          assertThat(problem.hint()).contains("mneme ls");
        });

    assertThatThrownBy(() -> store.show(""))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("with which many trials begin")
        .hasMessageContaining(", ...");
  }

  @Test
  void anIdentityThatBeginsAnotherOneIsStillFoundAndCandidatesAreNamed() {
    Path file = home.resolve("nested.duckdb");
    try (TrialStore nested = TrialStore.open(file, "test")) {
      nested.keep(TrialOutcome.of(MadeUpTrials.finished("abcd", 1)));
      nested.keep(TrialOutcome.of(MadeUpTrials.finished("ab", 2)));
    }
    try (StoreReader nested = TrialStore.openExisting(file, "test")) {
      assertThat(nested.show("ab").result()).isEqualTo(MadeUpTrials.finished("ab", 2));
      assertThat(nested.show("abc").result()).isEqualTo(MadeUpTrials.finished("abcd", 1));
      InvalidConfigurationException ambiguous =
          catchThrowableOfType(InvalidConfigurationException.class, () -> nested.show("a"));
      assertThat(ambiguous.problems())
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.given()).isEqualTo("a, with which 2 trials begin");
            assertThat(problem.hint()).isEqualTo("Candidates: ab, abcd");
          });
    }
  }

  @Test
  void askingMoreWhileRowsComeIsAMistakeInTheProgram() {
    assertThatThrownBy(() -> store.list(TrialFilter.ALL, row -> store.show(row.id())))
        .isInstanceOf(IllegalStateException.class);
    // and the reader goes on
    assertThat(numbers(TrialFilter.ALL)).hasSize(12);
  }

  @Test
  void readingChangesNothing() throws Exception {
    byte[] before = Files.readAllBytes(store.file());
    list(TrialFilter.ALL);
    store.experiments();
    assertThat(store.file()).hasBinaryContent(before);
  }
}
