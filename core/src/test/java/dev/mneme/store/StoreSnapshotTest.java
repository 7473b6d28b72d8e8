package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts copies in the folder for temporary files, which others make, too")
class StoreSnapshotTest {
  private static final int SNAPSHOTS = 6;

  @TempDir private Path home;

  private static Set<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("mneme-snapshot-"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /// The writer never pauses, folds its log into the store now and then, and must not notice.
  @Test
  void aStoreThatIsBeingWrittenIsReadWhole() throws Exception {
    Path file = home.resolve("trials.duckdb");
    Set<Path> before = copies();
    List<Integer> counts = new ArrayList<>();
    try (ChildProcess writer = ChildProcess.start("keep", file.toString(), "0", "1500")) {
      assertThat(writer.line()).isEqualTo(StoreProgram.READY);
      try (StoreSnapshot empty = StoreSnapshot.take(file)) {
        assertThat(finished(empty)).isZero();
      }
      writer.goOn();
      int told = -1;
      for (int i = 0; i < SNAPSHOTS; i++) {
        for (int j = 0; j < 4; j++) {
          told = Integer.parseInt(writer.line());
        }
        try (StoreSnapshot snapshot = StoreSnapshot.take(file)) {
          counts.add(finished(snapshot));
          // all that was told before the copy began, unless the log was folded in meanwhile
          assertThat(counts.getLast()).isGreaterThanOrEqualTo(told + 1);
        }
      }
      told = Integer.parseInt(writer.line());
      assertThat(told).as("the writer goes on").isGreaterThan(counts.getFirst());
    }
    assertThat(counts).isSorted();
    assertThat(counts.getLast()).isGreaterThan(counts.getFirst());
    assertThat(copies()).as("copies are deleted").isEqualTo(before);
  }

  private static int finished(StoreSnapshot snapshot) {
    List<String> ids = new ArrayList<>();
    snapshot
        .reader()
        .list(TrialFilter.ALL.withStatuses(Set.of(TrialStatus.FINISHED)), row -> ids.add(row.id()));
    Map<String, TrialResult> results = snapshot.reader().find(ids);
    assertThat(results).hasSameSizeAs(ids);
    for (int number = 0; number < ids.size(); number++) {
      assertThat(results.get(MadeUpTrials.id(number))).isEqualTo(MadeUpTrials.finished(number));
    }
    return ids.size();
  }

  @Test
  void theMarkChangesWithTheStore() throws IOException {
    Path file = home.resolve("trials.duckdb");
    StoreSnapshot.Mark missing = StoreSnapshot.mark(file);
    TrialStore.open(file, "test").close();
    StoreSnapshot.Mark empty = StoreSnapshot.mark(file);
    assertThat(empty).isNotEqualTo(missing).isEqualTo(StoreSnapshot.mark(file));
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(MadeUpTrials.withScores(0));
      assertThat(StoreSnapshot.mark(file)).isNotEqualTo(empty);
    }
  }

  @Test
  void whatIsNoStoreIsNamedAndNothingStaysBehind() throws IOException {
    Set<Path> before = copies();
    Path text = Files.writeString(home.resolve("text.duckdb"), "not a database at all");
    StorageException other =
        catchThrowableOfType(StorageException.class, () -> StoreSnapshot.take(text));
    assertThat(other.problem().given()).contains(text.toString(), "not a file of DuckDB");
    StorageException missing =
        catchThrowableOfType(
            StorageException.class, () -> StoreSnapshot.take(home.resolve("none.duckdb")));
    assertThat(missing.problem().given())
        .contains(home.resolve("none.duckdb").toString(), "not there");
    assertThat(copies()).isEqualTo(before);
  }
}
