package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.experiment.TrialOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Real limits to writing, set by the operating system: a small file system, a largest size of
/// files, missing permissions. Each stops a process of its own in the middle of its work.
@EnabledOnOs(OS.LINUX) // whose tools these are
class NoRoomTest {
  private static final List<String> NO_PRIVILEGES =
      List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");

  @TempDir private Path home;

  private static boolean works(List<String> command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such tool
    }
  }

  /// From now on a process can write no file beyond this size.
  private static void limitFiles(ChildProcess process, long bytes) throws Exception {
    assertThat(works(List.of("prlimit", "--pid", "" + process.pid(), "--fsize=" + bytes)))
        .as("prlimit, of util-linux")
        .isTrue();
  }

  /// Reads what a process said that was kept from keeping: numbers, then the trouble.
  private static List<Integer> assertNoSpace(List<String> lines) {
    assertThat(lines).contains(StoreProgram.TROUBLE);
    List<String> trouble = lines.subList(lines.indexOf(StoreProgram.TROUBLE) + 1, lines.size());
    assertThat(trouble.getFirst()).endsWith("(no space left)");
    assertThat(trouble.getLast()).contains("Free some space", "kept before is safe");
    return lines.stream().filter(line -> line.matches("\\d+")).map(Integer::valueOf).toList();
  }

  /// The store has all of them, whole, and takes more.
  private static void assertKept(Path file, List<Integer> told, int scores) {
    assertThat(told).isNotEmpty();
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      for (int number : told) {
        assertThat(store.show(MadeUpTrials.id(number)).result())
            .isEqualTo(MadeUpTrials.finished(number));
      }
      assertThat(store.scores(MadeUpTrials.id(told.getLast())))
          .contains(MadeUpTrials.scores(told.getLast(), scores));
      assertThat(
              Answer.of(
                      store,
                      "SELECT DISTINCT trial FROM sample_scores WHERE trial NOT IN"
                          + " (SELECT id FROM trials WHERE status = 'finished')")
                  .rows())
          .isEmpty();
    }
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(MadeUpTrials.withScores(1_000_000));
      assertThat(store.find(List.of(MadeUpTrials.id(1_000_000)))).hasSize(1);
    }
  }

  /// A file system of 4 MB, mounted where only the process itself sees it. Where mounting is not
  /// allowed, a largest size of files stands in for it.
  @Test
  void aFullDiskLosesNothingThatWasKept() throws Exception {
    Path small = Files.createDirectory(home.resolve("small"));
    Path copy = Files.createDirectory(home.resolve("copy"));
    List<String> wrapper = new ArrayList<>();
    for (String flags : List.of("-m", "-Urm")) {
      String mount = "mount -t tmpfs -o size=4m none " + small;
      if (works(List.of("unshare", flags, "sh", "-c", mount))) {
        wrapper =
            List.of(
                "unshare", flags, "sh", "-c", mount + "; \"$@\"; cp " + small + "/* " + copy, "sh");
        break;
      }
    }
    Path file = small.resolve("trials.duckdb");
    try (ChildProcess writer =
        ChildProcess.start(wrapper, List.of(), "keep", file.toString(), "0", "500")) {
      assertThat(writer.line()).isEqualTo(StoreProgram.READY);
      if (wrapper.isEmpty()) {
        limitFiles(writer, 4_000_000);
      }
      writer.goOn();
      List<Integer> told = assertNoSpace(writer.lines());
      assertKept(wrapper.isEmpty() ? file : copy.resolve("trials.duckdb"), told, 500);
    }
  }

  @Test
  void aLimitOnFilesLosesNothingThatWasKept() throws Exception {
    Path file = home.resolve("trials.duckdb");
    try (ChildProcess writer = ChildProcess.start("keep", file.toString(), "0", "20000")) {
      assertThat(writer.line()).isEqualTo(StoreProgram.READY);
      // above the 16 MB at which DuckDB folds its log, so that folding meets the limit
      limitFiles(writer, 17_000_000);
      writer.goOn();
      assertKept(file, assertNoSpace(writer.lines()), 20_000);
    }
  }

  @Test
  void aStoreThatCannotBeMadeLeavesNothingBehind() throws Exception {
    Path file = home.resolve("trials.duckdb");
    try (ChildProcess writer =
        ChildProcess.start("create", file.toString(), home.resolve("other.duckdb").toString())) {
      assertThat(writer.line()).isEqualTo(StoreProgram.READY);
      limitFiles(writer, 100_000);
      writer.goOn();
      assertNoSpace(writer.lines());
    }
    assertThat(names()).containsExactly("other.duckdb", "other.duckdb.lock", "trials.duckdb.lock");
  }

  @Test
  void anExportThatFindsNoRoomLeavesNothingBehind() throws Exception {
    Path file = home.resolve("trials.duckdb");
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(
          new TrialOutcome(MadeUpTrials.finished(1), Optional.of(MadeUpTrials.scores(1, 20_000))));
    }
    byte[] before = Files.readAllBytes(file);
    try (ChildProcess exporter =
        ChildProcess.start("export", file.toString(), home.resolve("scores.csv").toString())) {
      assertThat(exporter.line()).isEqualTo(StoreProgram.READY);
      limitFiles(exporter, 100_000);
      exporter.goOn();
      List<String> lines = exporter.lines();
      assertThat(lines.getFirst()).isEqualTo(StoreProgram.TROUBLE);
      assertThat(lines.get(1)).endsWith("scores.csv (no space left)");
    }
    assertThat(names()).containsExactly("trials.duckdb", "trials.duckdb.lock");
    assertThat(file).hasBinaryContent(before);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String openWithoutPrivileges(String mode, Path file) throws Exception {
    try (ChildProcess process =
        ChildProcess.start(NO_PRIVILEGES, List.of(), mode, file.toString(), "test")) {
      List<String> lines = new ArrayList<>(List.of(process.line()));
      process.goOn();
      lines.addAll(process.lines());
      return String.join("\n", lines);
    }
  }

  @Test
  void aFileWithoutPermissionIsRefusedAndStaysAsItWas() throws Exception {
    Path file = home.resolve("trials.duckdb");
    TrialStore.open(file, "test").close();
    byte[] before = Files.readAllBytes(file);

    assertThat(file.toFile().setWritable(false)).isTrue();
    assertThat(openWithoutPrivileges("hold", file))
        .startsWith("trouble\n")
        .contains("only be read");
    assertThat(file.toFile().setReadable(false)).isTrue();
    assertThat(openWithoutPrivileges("hold", file))
        .startsWith("trouble\n")
        .contains("trials.duckdb (permission denied)");

    assertThat(file.toFile().setReadable(true)).isTrue();
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aFolderWithoutPermissionTakesNoNewStoreButItsOwnIsRead() throws Exception {
    Path folder = Files.createDirectory(home.resolve("locked"));
    Path file = folder.resolve("trials.duckdb");
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(MadeUpTrials.withScores(1));
    }
    Files.delete(folder.resolve("trials.duckdb.lock"));
    assertThat(folder.toFile().setWritable(false)).isTrue();
    try {
      assertThat(openWithoutPrivileges("hold", folder.resolve("new.duckdb")))
          .startsWith("trouble\n")
          .contains("(permission denied)");
      assertThat(openWithoutPrivileges("hold", file)).startsWith("trouble\n");
      assertThat(openWithoutPrivileges("read", file)).isEqualTo("ready\n1\ndone");
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }
}
