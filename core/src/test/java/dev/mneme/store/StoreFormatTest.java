package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.experiment.StorageException;
import dev.mneme.store.StoreFormat.Migration;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a store of the present version gets to versions that do not exist yet.
class StoreFormatTest {
  private static final int NOW = StoreFormat.VERSION;
  private static final Migration FIRST =
      new Migration(NOW, "ALTER TABLE trials ADD COLUMN machine VARCHAR");
  private static final Migration SECOND =
      new Migration(
          NOW + 1, "UPDATE trials SET machine = processor; CREATE TABLE notes (text VARCHAR)");

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
    StoreFormat third = format(NOW + 2, SECOND, FIRST);
    TrialStore.open(file, "test", third).close();
    try (StoreReader store = StoreReader.open(file, "test", third)) {
      assertThat(Answer.of(store, "SELECT version FROM store_format").rows())
          .containsExactly(List.of(new QueryValue.Amount(NOW + 2)));
      assertThat(Answer.of(store, "SELECT machine FROM trials").rows())
          .containsExactly(List.of(new QueryValue.Text("some processor")));
      assertThat(store.find(List.of(MadeUpTrials.id(1))).values())
          .containsExactly(MadeUpTrials.finished(1));
    }
    assertThatThrownBy(() -> TrialStore.open(file, "test"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version " + (NOW + 2));
  }

  @Test
  void aReaderChangesNothingAndSaysWhoDoes() throws Exception {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> StoreReader.open(file, "test", format(NOW + 1, FIRST)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version " + NOW)
        .hasMessageContaining("The next run that stores into it brings it up to date");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void withoutAWholeWayNothingIsChanged() throws Exception {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> TrialStore.open(file, "test", format(NOW + 2, SECOND)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("format version " + NOW);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aMigrationThatFailsLeavesTheOldVersion() {
    Migration broken =
        new Migration(NOW + 1, "CREATE TABLE notes (text VARCHAR); UPDATE nothing SET x = 1");
    assertThatThrownBy(() -> TrialStore.open(file, "test", format(NOW + 2, FIRST, broken)))
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

  /// A store of version 1 with its tables as they were then, see `version-1.sql`, becomes one that
  /// cannot be told from a new one, but for its rows.
  @Test
  void aStoreOfVersionOneBecomesLikeANewOne() throws Exception {
    String first;
    try (InputStream input = StoreFormatTest.class.getResourceAsStream("version-1.sql")) {
      first = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path old = home.resolve("old.duckdb");
    StoreFile.create(old, new StoreFormat(1, first, List.of()));
    TrialStore.open(old, "test").close();
    String columns =
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns()"
            + " WHERE database_name = 'store' ORDER BY ALL";
    try (StoreReader migrated = TrialStore.openExisting(old, "test");
        StoreReader fresh = TrialStore.openExisting(file, "test")) {
      assertThat(Answer.of(migrated, columns).rows())
          .hasSizeGreaterThan(80)
          .isEqualTo(Answer.of(fresh, columns).rows());
    }
    try (TrialStore store = TrialStore.open(old, "test")) {
      store.keep(MadeUpTrials.withScores(1));
      assertThat(store.find(List.of(MadeUpTrials.id(1)))).hasSize(1);
    }
  }

  /// Migrations of the real format lead from every version to the present one.
  @Test
  void everyEarlierVersionHasAWay() {
    StoreFormat current = StoreFormat.current();
    for (int version = 1; version < current.version(); version++) {
      assertThat(current.path(version)).hasSize(current.version() - version);
    }
    assertThat(current.path(current.version())).isEmpty();
  }
}
