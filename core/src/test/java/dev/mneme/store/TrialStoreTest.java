package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialStoreTest {
  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = home.resolve("some/where/trials.duckdb");
  }

  @Test
  void everyKindOfResultReadsBackExactly() {
    List<TrialResult> results =
        List.of(MadeUpTrials.finished(1), MadeUpTrials.diverged(2), MadeUpTrials.failed(3));
    List<String> ids = results.stream().map(TrialResult::id).toList();
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(new TrialOutcome(results.getFirst(), MadeUpTrials.withScores(1).scores()));
      store.keep(TrialOutcome.of(results.get(1)));
      store.keep(TrialOutcome.of(results.get(2)));
      assertThat(store.find(ids).values()).containsExactlyInAnyOrderElementsOf(results);
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(store.find(ids).values()).containsExactlyInAnyOrderElementsOf(results);
      assertThat(store.scores(ids.getFirst())).contains(MadeUpTrials.scores(1));
      assertThat(store.show(ids.getFirst()))
          .isEqualTo(new StoredTrial(results.getFirst(), List.of(), 11, 6));
    }
  }

  /// More than DuckDB handles in one go (2048 rows) and than its appender hands on at once
  /// (204,800).
  @Test
  void manyScoresReadBackExactly() {
    SampleScores scores = MadeUpTrials.scores(1, 210_001);
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(new TrialOutcome(MadeUpTrials.finished(1), Optional.of(scores)));
      store.keep(new TrialOutcome(MadeUpTrials.finished(2), Optional.of(MadeUpTrials.scores(2))));
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(store.scores(MadeUpTrials.id(1))).contains(scores);
      assertThat(store.scores(MadeUpTrials.id(2))).contains(MadeUpTrials.scores(2));
    }
  }
}
