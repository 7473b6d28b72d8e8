package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.experiment.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own can show: exit statuses, streams and Ctrl-C.
class ProcessTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void leaveNoProcessBehind() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String... arguments) throws IOException {
    Process process = ProgramProcess.start(folder, List.of(), arguments);
    started.add(process);
    return process;
  }

  private static void await(Process process, int status) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(status);
  }

  @Test
  void theStatusReachesTheCaller() throws Exception {
    await(start("capacity", "--vocabulary", "1"), ExitStatus.USAGE);
    assertThat(folder.resolve("out.txt")).isEmptyFile();
    assertThat(folder.resolve("err.txt"))
        .content()
        .contains("--vocabulary", "got 1")
        .doesNotContain("\u001b");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // no signal to send there
  void interruptionKeepsWhatIsFinished() throws Exception {
    Process process =
        start(
            "capacity",
            "--model",
            "1x8",
            "--vocabulary",
            "16",
            "--sequence-length",
            "4",
            "--steps",
            "1000",
            "--seeds",
            "200",
            "--scan-seeds",
            "200",
            "--engine",
            "reference",
            "-o",
            "run");
    Path trials = folder.resolve("run").resolve(RunFolder.TRIALS);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(50));
    while (!(Files.exists(trials) && Files.size(trials) > 0)) {
      assertThat(Instant.now()).isBefore(deadline);
      assertThat(process.isAlive()).as(Files.readString(folder.resolve("err.txt"))).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    // TERM is handled like Ctrl-C's INT; but a shell that starts a build in the background lets all
    // its children ignore INT
    new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
    await(process, ExitStatus.INTERRUPTED);
    assertThat(RunFolder.readTrials(folder.resolve("run")).results()).isNotEmpty();
    assertThat(folder.resolve("run").resolve(RunFolder.REPORT))
        .content()
        .contains("\"interrupted\" : true");
    assertThat(folder.resolve("run").resolve(RunFolder.SUMMARY)).isNotEmptyFile();
    assertThat(folder.resolve("err.txt"))
        .content()
        .contains("interrupted; what was finished is in")
        .doesNotContain("\u001b");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // no signal to send there
  void signalsAreHeardWhereTheProgramIsStartedFromModules() throws Exception {
    Process process =
        new ProcessBuilder(ProgramProcess.modularCommand("watch"))
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    started.add(process);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(50));
    while (!Files.readString(folder.resolve("out.txt")).contains("Ctrl-C ends it")) {
      assertThat(Instant.now()).isBefore(deadline);
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new AssertionError(process.exitValue() + " " + ProgramProcess.err(folder));
      }
    }
    new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();
    await(process, ExitStatus.OK);
  }
}
