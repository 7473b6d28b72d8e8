package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.store.QueryRows;
import dev.mneme.store.QueryValue;
import dev.mneme.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a run again and again, without warning, and looks at what is left.
class KilledRunTest {
  private static final int KILLS = 12;
  private static final int TRIALS = 6;

  /// Some seconds of work for two threads.
  private static final String EXPERIMENT =
      """
      name: killed
      models: 1x8
      vocabulary: 16
      sequence-length: 8
      sequences: [20, 30, 40]
      seeds: 2
      steps: 6000
      batch-size: 8
      curve-points: 12
      engine: reference
      threads: 2
      checkpoint-every: 150ms
      """;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void leaveNoProcessBehind() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process run(String store) throws IOException {
    Process process =
        ProgramProcess.start(folder, List.of(), "run", "experiment.yaml", "--store", store);
    started.add(process);
    return process;
  }

  /// However long Java takes to start on a busy machine, kills are to meet the work.
  private void awaitWork(Process process) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && !ProgramProcess.err(folder).contains("Keeping results")) {
      assertThat(System.nanoTime()).as("time for the run to begin").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void finish(String store) throws Exception {
    Process process = run(store);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(ProgramProcess.err(folder)).isEqualTo(ExitStatus.OK);
  }

  private List<List<String>> ask(String store, String sql) {
    List<List<String>> answer = new ArrayList<>();
    try (StoreReader reader = StoreReader.open(folder.resolve(store), "test")) {
      reader.query(
          sql,
          new QueryRows() {
            @Override
            public void columns(List<Column> columns) {}

            @Override
            public void row(List<QueryValue> values) {
              answer.add(values.stream().map(String::valueOf).toList());
            }
          });
    }
    return answer;
  }

  /// Everything of a trial but when and where it ran, and the order in which trials were kept.
  private List<List<String>> trials(String store) {
    return ask(
        store,
        "SELECT * EXCLUDE (number, seconds, core_seconds, tokens_per_second, record) FROM trials"
            + " ORDER BY id");
  }

  private List<List<String>> curves(String store) {
    return ask(store, "SELECT * FROM curve_points ORDER BY ALL");
  }

  private List<List<String>> scores(String store) {
    return ask(store, "SELECT * FROM sample_scores ORDER BY ALL");
  }

  @Test
  void aRunKilledAtRandomMomentsEndsLikeOneThatWasNot() throws Exception {
    Files.writeString(folder.resolve("experiment.yaml"), EXPERIMENT);
    Random moments = new Random(7);
    List<List<String>> before = List.of();
    int resumable = 0;
    int killed = 0;
    while (killed < KILLS) {
      Process process = run("killed.duckdb");
      awaitWork(process);
      boolean ended = process.waitFor(moments.nextInt(1500), TimeUnit.MILLISECONDS);
      if (ended) {
        assertThat(process.exitValue()).as(ProgramProcess.err(folder)).isEqualTo(ExitStatus.OK);
        break; // there was nothing left to kill
      }
      process.destroyForcibly().waitFor();
      killed++;
      if (Files.exists(folder.resolve("killed.duckdb"))) {
        List<List<String>> now = trials("killed.duckdb");
        assertThat(now).as("after kill %d nothing is lost or changed", killed).containsAll(before);
        before = now;
      }
      resumable += checkpoints();
    }
    finish("killed.duckdb");
    finish("unbroken.duckdb");

    assertThat(killed).as("kills before the work was done").isGreaterThanOrEqualTo(3);
    assertThat(resumable).as("checkpoints that a kill left behind").isPositive();
    assertThat(trials("killed.duckdb")).hasSize(TRIALS).isEqualTo(trials("unbroken.duckdb"));
    assertThat(curves("killed.duckdb"))
        .hasSizeGreaterThan(TRIALS * 8)
        .isEqualTo(curves("unbroken.duckdb"));
    assertThat(scores("killed.duckdb"))
        .hasSize(2 * 2 * (20 + 30 + 40))
        .isEqualTo(scores("unbroken.duckdb"));
    assertThat(checkpoints()).as("checkpoints of finished trials").isZero();
  }

  private int checkpoints() throws IOException {
    Path checkpoints = folder.resolve("killed.duckdb.checkpoints");
    if (!Files.exists(checkpoints)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(checkpoints)) {
      return Math.toIntExact(
          all.filter(path -> String.valueOf(path.getFileName()).startsWith("step-")).count());
    }
  }
}
