package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.experiment.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  private static final Duration EVERY = Duration.ofSeconds(3);

  @TempDir private Path folder;

  @Test
  void workersThatSeeTheFolderKnowItAndOthersDoNot() {
    Path checkpoints = folder.resolve("checkpoints");
    TaskCheckpoints tasks;
    try (CheckpointFolder open = CheckpointFolder.open(checkpoints, "app-1", EVERY)) {
      tasks = open.forTasks();
      assertThat(tasks.visible()).isPresent();
      assertThat(tasks.nanoseconds()).isEqualTo(3_000_000_000L);
      // as on another machine: a folder of that name may well be there
      Path other = folder.resolve("other");
      assertThat(other.toFile().mkdirs()).isTrue();
      assertThat(
              new TaskCheckpoints(other.toString(), tasks.marker(), tasks.nanoseconds()).visible())
          .isEmpty();
    }
    assertThat(tasks.visible()).isEmpty();
    assertThat(checkpoints).isEmptyDirectory();
  }

  @Test
  void whatAKilledDriverLeftIsTakenAwayAndCheckpointsAreNot() throws IOException {
    Files.createDirectories(folder.resolve("trial"));
    Files.writeString(folder.resolve(".spark-app-1"), "");
    CheckpointFolder.open(folder, "app-2", EVERY).close();
    assertThat(folder).isDirectoryNotContaining("glob:**/.spark-*");
    assertThat(folder.resolve("trial")).isDirectory();
  }

  @Test
  void aPlaceThatCannotBeUsedIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> CheckpointFolder.open(file.resolve("below"), "app-1", EVERY))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(file.toString());
  }
}
