package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.StopSignal;
import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.config.EngineName;
import dev.mneme.engine.AdamW;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.store.ExperimentRecord;
import dev.mneme.store.TrialStore;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `watch`, as the command line starts it.
class WatchTest {
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          10,
          4,
          new LearningRateSchedule(0.01, 0.1, 0.2, LearningRateSchedule.Decay.LINEAR),
          new AdamW(0.9, 0.99, 1e-8, 0),
          Initialization.GPT2,
          2);

  @TempDir Path folder;

  private final StopSignal stop = new StopSignal();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private CompletableFuture<Invocation> running = new CompletableFuture<>();
  private int port;

  private void watch(String... arguments) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> all = new java.util.ArrayList<>(List.of("watch"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--port", String.valueOf(port), "--every", "1"));
    running =
        CompletableFuture.supplyAsync(
            () -> Invocation.listening(folder, stop, err, all.toArray(String[]::new)));
  }

  @AfterEach
  void end() {
    stop.raise();
  }

  /// What stands at a path once it is as wanted.
  private String until(String path, Predicate<String> wanted) throws Exception {
    String last = "";
    for (int i = 0; i < 300; i++) {
      assertThat(running.isDone()).as(err.toString(StandardCharsets.UTF_8)).isFalse();
      try (InputStream in = URI.create("http://localhost:" + port + path).toURL().openStream()) {
        last = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (wanted.test(last)) {
          return last;
        }
      } catch (IOException e) {
        // not listening yet
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError(last);
  }

  private Invocation stopped() throws Exception {
    stop.raise();
    return running.get(30, TimeUnit.SECONDS);
  }

  private static TrialResult failed(int sequences) {
    return TrialResult.Failed.unreported(
        new TrialSpecification(GptConfig.of(1, 4, 8, 4), sequences, PLAN, 1),
        Engines.create(EngineChoice.of(EngineName.REFERENCE)).identity(),
        "reason " + sequences);
  }

  @Test
  void aStoreIsFollowedFromBeforeItsFirstTrialWhileItIsWritten() throws Exception {
    watch();
    String waiting = until("/", page -> page.contains("Waiting for the first trial"));
    assertThat(waiting).contains("The store is not there yet");
    String revision = until("/revision", text -> !text.isEmpty());
    Files.createDirectories(folder.resolve("runs"));
    try (TrialStore store = TrialStore.open(folder.resolve("runs/mneme.duckdb"), "a run")) {
      store.register(
          new ExperimentRecord("two", "grid", "", ""), List.of(failed(4).id(), failed(5).id()));
      store.keep(TrialOutcome.of(failed(4)));
      String first = until("/", page -> page.contains("reason 4"));
      assertThat(first).contains("Live: 1 trial in this store").doesNotContain("reason 5");
      assertThat(until("/revision", text -> !text.equals(revision))).isNotEqualTo(revision);
      store.keep(TrialOutcome.of(failed(5)));
      until("/report.json", twin -> twin.contains("reason 5"));
    }
    Invocation ended = stopped();
    assertThat(ended.status()).isEqualTo(ExitStatus.OK);
    assertThat(ended.out()).contains("http://127.0.0.1:" + port + "/", "Ctrl-C ends it");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void anExperimentSaysHowFarItIs() throws Exception {
    Path file = folder.resolve("own.duckdb");
    try (TrialStore store = TrialStore.open(file, "a run")) {
      store.register(
          new ExperimentRecord("two", "grid", "", ""), List.of(failed(4).id(), failed(5).id()));
      store.keep(TrialOutcome.of(failed(4)));
      store.keep(TrialOutcome.of(failed(6)));
      watch("own.duckdb", "--experiment", "two");
      String page = until("/", text -> text.contains("Live: 1 of 2 trials have ended"));
      assertThat(page).contains("reason 4").doesNotContain("reason 6");
    }
    assertThat(stopped().status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void aRunFolderIsFollowed() throws Exception {
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(folder.resolve("run/trials.jsonl"), "");
    watch("run");
    until("/", page -> page.contains("Following a running study"));
    Files.writeString(folder.resolve("run/report.json"), "{}");
    until("/", page -> page.contains("This run has ended"));
    assertThat(stopped().status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void anOpenAddressIsWarnedOf() throws Exception {
    watch("--address", "0.0.0.0");
    until("/", page -> page.contains("Waiting"));
    stopped();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Everybody who reaches 0.0.0.0");
  }

  @Test
  void mistakesAreNamed() throws IOException {
    refused("folder of a run", "nothing-here");
    refused("--port", "--port", "0");
    refused("--port", "--port", "99999");
    refused("--every", "--every", "soon");
    refused("--address", "--address", "no.such.name.invalid");
    Files.writeString(folder.resolve("text.duckdb"), "not a database");
    refused("not a file of DuckDB", "text.duckdb");
    Files.createDirectory(folder.resolve("run"));
    refused("whose experiments have names", "run", "--experiment", "x");
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      refused("cannot listen", "--port", String.valueOf(taken.getLocalPort()));
    }
  }

  private void refused(String part, String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of("watch"));
    all.addAll(List.of(arguments));
    Invocation run = Invocation.of(folder, all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(part).doesNotContain("Exception");
  }
}
