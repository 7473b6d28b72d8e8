package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final TrialResult FIRST =
      FakeTrials.finished(
          new TrialSpecification(FakeTrials.MODEL, 12, FakeTrials.TRAINING, 3), 100);
  private static final TrialResult SECOND =
      FakeTrials.diverged(new TrialSpecification(FakeTrials.MODEL, 13, FakeTrials.TRAINING, 3));

  @TempDir private Path home;

  @Test
  void trialsAreOnTheDiskAsSoonAsTheyAreAppended() {
    Path path = home.resolve("some/where/run");
    try (RunFolder folder = RunFolder.create(path)) {
      folder.append(FIRST);
      assertThat(RunFolder.readTrials(path).results()).containsExactly(FIRST);
      folder.append(SECOND);
      assertThat(RunFolder.readTrials(path).results()).containsExactly(FIRST, SECOND);
      assertThat(RunFolder.readTrials(path).notes()).isEmpty();
    }
  }

  @Test
  void aTornLastLineIsLeftOutWithANote() throws IOException {
    try (RunFolder folder = RunFolder.create(home.resolve("run"))) {
      folder.append(FIRST);
      folder.append(SECOND);
    }
    Path file = home.resolve("run/trials.jsonl");
    byte[] bytes = Files.readAllBytes(file);
    int first = TrialJson.write(FIRST).length() + 1;
    for (int length : new int[] {first + 1, first + 40, bytes.length - 2}) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      RunFolder.StoredTrials stored = RunFolder.readTrials(home.resolve("run"));
      assertThat(stored.results()).containsExactly(FIRST);
      assertThat(stored.notes()).singleElement().asString().contains("line 2");
    }
  }

  @Test
  void aDamagedLineInTheMiddleIsAnErrorThatNamesIt() throws IOException {
    try (RunFolder folder = RunFolder.create(home.resolve("run"))) {
      folder.append(FIRST);
    }
    Files.writeString(home.resolve("run/trials.jsonl"), "{damaged\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> RunFolder.readTrials(home.resolve("run")))
        .isInstanceOf(MalformedTrialException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aFolderWithFilesIsRefusedAndLeftAsItWas() throws IOException {
    Path old = Files.writeString(home.resolve("old.txt"), "precious");

    assertThatThrownBy(() -> RunFolder.create(home))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> {
              assertThat(e.problem().given()).contains(home.toString());
              assertThat(e.problem().expected()).contains("empty folder");
              assertThat(e.problem().hint()).contains("--output");
            });
    assertThat(home).isDirectoryContaining(file -> file.equals(old));
    assertThat(home.toFile().list()).hasSize(1);
  }

  @Test
  void aFileInTheWayIsRefused() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "precious");

    assertThatThrownBy(() -> RunFolder.create(file)).isInstanceOf(StorageException.class);
    for (String below : List.of("below", "below/that")) {
      assertThatThrownBy(() -> RunFolder.create(file.resolve(below)))
          .isInstanceOfSatisfying(
              StorageException.class,
              e ->
                  assertThat(e.problem().given())
                      .endsWith("(" + file + " is not a folder)")
                      .doesNotContain("Exception"));
    }
    assertThat(file).hasContent("precious");
  }

  @Test
  void wholeFilesAreWrittenOnceAndNeverOverwritten() {
    try (RunFolder folder = RunFolder.create(home.resolve("run"))) {
      folder.write("summary.txt", "first\n");
      assertThatThrownBy(() -> folder.write("summary.txt", "second\n"))
          .isInstanceOf(StorageException.class);
      assertThat(home.resolve("run/summary.txt")).hasContent("first");
    }
  }

  @Test
  void curvesHaveARowPerPoint() throws IOException {
    try (RunFolder folder = RunFolder.create(home.resolve("run"))) {
      folder.writeCurves(List.of(FIRST, SECOND));
    }
    List<String> rows = Files.readAllLines(home.resolve("run/curves.csv"));

    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).split(",")).hasSameSizeAs(rows.getFirst().split(","));
    assertThat(rows.get(1)).startsWith(FIRST.id() + ",1,8,1,16,8,").contains(",1000,1000,100.0,");
  }
}
