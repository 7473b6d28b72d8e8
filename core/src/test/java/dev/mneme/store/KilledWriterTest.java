package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.experiment.TrialResult;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KilledWriterTest {
  private static final int KILLS = 12;
  private static final int SCORES = 3000;

  @TempDir private Path home;

  /// Kills a writer at random moments. DuckDB folds its log into the store after a few dozen trials
  /// of this size, so kills fall before, into and after that.
  @Test
  void everyKeepThatReturnedIsThereAndNoneIsTorn() throws Exception {
    Path file = home.resolve("trials.duckdb");
    RandomStream random = new Seed(2026).derive("kills", 0).stream();
    List<Integer> told = new ArrayList<>();
    int next = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildProcess writer =
          ChildProcess.start(
              "keep", file.toString(), String.valueOf(next), String.valueOf(SCORES))) {
        assertThat(writer.line()).isEqualTo(StoreProgram.READY);
        writer.goOn();
        int wanted = random.nextInt(40);
        for (int i = 0; i < wanted; i++) {
          told.add(Integer.parseInt(writer.line()));
        }
        Thread.sleep(random.nextInt(10)); // into the middle of the next one
        writer.kill();
        writer.lines().forEach(line -> told.add(Integer.parseInt(line)));
      }
      next = check(file, told) + 1;
    }
    assertThat(told).hasSizeGreaterThan(200).isSorted();
  }

  /// Reads the store as it was left.
  ///
  /// @param told numbers of the trials whose keeping returned
  /// @return the highest number there
  private static int check(Path file, List<Integer> told) {
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      List<TrialRow> rows = new ArrayList<>();
      store.list(TrialFilter.ALL, rows::add);
      Map<String, TrialResult> results = store.find(rows.stream().map(TrialRow::id).toList());
      assertThat(results).hasSameSizeAs(rows);
      Set<Integer> finished = new TreeSet<>();
      int highest = -1;
      for (TrialRow row : rows) {
        int number = row.sequences() - MadeUpTrials.specification(0).sequences();
        highest = Math.max(highest, number);
        if (row.status() == TrialStatus.FINISHED) {
          finished.add(number);
          assertThat(results.get(row.id())).isEqualTo(MadeUpTrials.finished(number));
        } else {
          assertThat(results.get(row.id())).isEqualTo(MadeUpTrials.failed(number));
        }
      }
      assertThat(finished).containsAll(told);
      assertThat(
              Answer.of(
                      store, "SELECT trial, data, count(*) FROM sample_scores GROUP BY trial, data")
                  .rows())
          .containsExactlyInAnyOrderElementsOf(
              finished.stream()
                  .flatMap(number ->
                      Stream.of(
                          scoreCount(number, "training", SCORES),
                          scoreCount(number, "fresh", SCORES - 5)))
                  .toList());
      for (int number : told.subList(Math.max(0, told.size() - 2), told.size())) {
        assertThat(store.scores(MadeUpTrials.id(number)))
            .contains(MadeUpTrials.scores(number, SCORES));
      }
      assertThat(
              Answer.of(
                      store,
                      "SELECT t.id FROM trials t LEFT JOIN curve_points c ON c.trial = t.id"
                          + " GROUP BY t.id, t.record HAVING count(c.trial) <>"
                          + " coalesce(json_array_length(t.record::JSON -> 'curve'), 0)")
                  .rows())
          .isEmpty();
      return highest;
    }
  }

  private static List<QueryValue> scoreCount(int trial, String data, long count) {
    return List.of(
        new QueryValue.Text(MadeUpTrials.id(trial)),
        new QueryValue.Text(data),
        new QueryValue.Amount(count));
  }

  @Test
  @EnabledOnOs(OS.LINUX) // elsewhere a library in use cannot be deleted, or is not found
  void aKilledProgramLeavesNoUnpackedLibraryBehind() throws Exception {
    Path temporary = Files.createDirectory(home.resolve("tmp"));
    try (ChildProcess holder =
        ChildProcess.start(
            List.of(),
            List.of("-Djava.io.tmpdir=" + temporary),
            "hold",
            home.resolve("trials.duckdb").toString(),
            "test")) {
      assertThat(holder.line()).isEqualTo(StoreProgram.READY);
      holder.kill();
    }
    assertThat(names(temporary)).noneMatch(name -> name.startsWith("libduckdb"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
