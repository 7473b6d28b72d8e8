package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.experiment.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = home.resolve("trials.duckdb");
  }

  @Test
  void aSecondProcessIsToldWhoHoldsTheStore() throws Exception {
    try (ChildProcess holder = ChildProcess.start("hold", file.toString(), "mneme run a\tb.yaml")) {
      assertThat(holder.line()).isEqualTo(StoreProgram.READY);
      byte[] before = Files.readAllBytes(file);

      for (Runnable open :
          List.<Runnable>of(
              () -> TrialStore.open(file, "test").close(),
              () -> TrialStore.openExisting(file, "test").close())) {
        StorageException refusal = catchThrowableOfType(StorageException.class, open::run);
        assertThat(refusal.problem().field()).isEqualTo("store");
        assertThat(refusal.problem().given())
            .startsWith(file.toRealPath() + ", which is in use: process " + holder.pid())
            .contains("(mneme run ab.yaml)", System.getProperty("user.name"), "started 20")
            .doesNotContainPattern("\\p{Cntrl}");
        assertThat(refusal.problem().hint()).contains("Wait");
      }
      assertThat(file).hasBinaryContent(before);
    }
  }

  @Test
  void aProcessIsToldThatItHasTheStoreItselfAndKeepsIt() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("link"), file);
    try (TrialStore store = TrialStore.open(file, "the first")) {
      for (Path path : List.of(file, link, home.resolve("./trials.duckdb"))) {
        assertThatThrownBy(() -> TrialStore.open(path, "the second"))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("this process has open already (the first)");
        assertThatThrownBy(() -> TrialStore.openExisting(path, "the second"))
            .isInstanceOf(StorageException.class);
      }
      // the refusals did not cost the first one its lock
      try (ChildProcess other = ChildProcess.start("hold", file.toString(), "other")) {
        assertThat(other.line()).isEqualTo(StoreProgram.TROUBLE);
        assertThat(other.line())
            .contains("process " + ProcessHandle.current().pid() + " (the first)");
      }
      assertThat(store.find(List.of("none"))).isEmpty();
    }
  }

  @Test
  void aClosedStoreIsFree() throws Exception {
    TrialStore first = TrialStore.open(file, "the first");
    first.close();
    first.close();
    StoreReader second = TrialStore.openExisting(file, "the second");
    second.close();
    second.close();
    try (ChildProcess third = ChildProcess.start("hold", file.toString(), "the third")) {
      assertThat(third.line()).isEqualTo(StoreProgram.READY);
      third.goOn();
      assertThat(third.line()).isEqualTo(StoreProgram.DONE);
    }
    TrialStore.open(file, "the fourth").close();
  }

  @Test
  void aKilledHolderLeavesNothingToCleanUp() throws Exception {
    try (ChildProcess holder = ChildProcess.start("hold", file.toString(), "holder")) {
      assertThat(holder.line()).isEqualTo(StoreProgram.READY);
      holder.kill();
    }
    TrialStore.open(file, "test").close();
  }

  @Test
  void twoStoresCanBeOpenAtOnce() {
    try (TrialStore one = TrialStore.open(file, "one");
        TrialStore other = TrialStore.open(home.resolve("other.duckdb"), "other")) {
      one.keep(MadeUpTrials.withScores(1));
      assertThat(other.find(List.of(MadeUpTrials.id(1)))).isEmpty();
    }
  }

  @Test
  void aStoreThatIsOpenInAnotherProgramIsRefused() throws Exception {
    TrialStore.open(file, "test").close();
    // as DuckDB's own tools do, without our lock
    try (ChildProcess other = ChildProcess.start("attach", file.toString())) {
      assertThat(other.line()).isEqualTo(StoreProgram.READY);
      assertThatThrownBy(() -> TrialStore.open(file, "test"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another program has open (process " + other.pid() + ")");
      assertThatThrownBy(() -> TrialStore.openExisting(file, "test"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("(process " + other.pid() + ")");
    }
    TrialStore.open(file, "test").close();
  }

  @Test
  void damagedTextInTheLockIsNoObstacle() throws IOException {
    Files.write(home.resolve("trials.duckdb.lock"), new byte[] {(byte) 0xff, 0, 27, '[', '2', 'J'});
    TrialStore.open(file, "test").close();
    assertThat(StoreHolder.describe("\u001b[2J\u0000")).isEqualTo("[2J");
    assertThat(StoreHolder.describe("")).isEqualTo("a process that has just begun");
  }
}
