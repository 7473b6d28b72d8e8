package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.experiment.StorageException;
import dev.mneme.store.StoreFormat.Migration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a store of the present version gets to versions that do not exist yet.
class StoreFormatTest {
  private static final Migration ONE_TO_TWO =
      new Migration(1, "ALTER TABLE trials ADD COLUMN machine VARCHAR");
  private static final Migration TWO_TO_THREE =
      new Migration(2, "UPDATE trials SET machine = processor; CREATE TABLE notes (text VARCHAR)");

  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void fill() {
    file = home.resolve("trials.duckdb");
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(MadeUpTrials.withScores(1));
    }
  }

  private static StoreFormat format(int version, Migration... migrations) {
    return new StoreFormat(version, StoreFormat.current().schema(), List.of(migrations));
  }

  @Test
  void aWriterBringsAnOlderStoreUpToDate() {
    StoreFormat third = format(3, TWO_TO_THREE, ONE_TO_TWO);
    TrialStore.open(file, "test", third).close();
    try (StoreReader store = StoreReader.open(file, "test", third)) {
      assertThat(Answer.of(store, "SELECT version FROM store_format").rows())
          .containsExactly(List.of(new QueryValue.Amount(3)));
      assertThat(Answer.of(store, "SELECT machine FROM trials").rows())
          .containsExactly(List.of(new QueryValue.Text("some processor")));
      assertThat(store.find(List.of(MadeUpTrials.id(1))).values())
          .containsExactly(MadeUpTrials.finished(1));
    }
    assertThatThrownBy(() -> TrialStore.open(file, "test"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version 3");
  }

  @Test
  void aReaderChangesNothingAndSaysWhoDoes() throws Exception {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> StoreReader.open(file, "test", format(2, ONE_TO_TWO)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version 1")
        .hasMessageContaining("The next run that stores into it brings it up to date");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void withoutAWholeWayNothingIsChanged() throws Exception {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> TrialStore.open(file, "test", format(3, TWO_TO_THREE)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version 1");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aMigrationThatFailsLeavesTheOldVersion() {
    Migration broken =
        new Migration(2, "CREATE TABLE notes (text VARCHAR); UPDATE nothing SET x = 1");
    assertThatThrownBy(() -> TrialStore.open(file, "test", format(3, ONE_TO_TWO, broken)))
        .isInstanceOf(StorageException.class);
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(
              Answer.of(
                      store, "SELECT count(*) FROM duckdb_columns() WHERE column_name = 'machine'")
                  .rows())
          .containsExactly(List.of(new QueryValue.Amount(0L)));
      assertThat(store.find(List.of(MadeUpTrials.id(1)))).hasSize(1);
    }
  }

  /// Migrations of the real format, once there are some, lead from every version to the present
  /// one.
  @Test
  void everyEarlierVersionHasAWay() {
    StoreFormat current = StoreFormat.current();
    for (int version = 1; version < current.version(); version++) {
      assertThat(current.path(version)).hasSize(current.version() - version);
    }
    assertThat(current.path(current.version())).isEmpty();
  }
}
