package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.StopSignal;
import dev.mneme.app.config.EngineChoice;
import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `run` and the commands that look at what it kept.
class StoreCommandsTest {
  private static final String EXPERIMENT =
      """
      description: Two tiny models
      models: [1x4, 1x8]
      vocabulary: 8
      sequence-length: 4
      sequences: [5, 10]
      steps: 30
      batch-size: 8
      curve-points: 3
      seeds: 2
      engine: reference
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeTheExperiment() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), EXPERIMENT);
  }

  private Invocation mneme(String... arguments) {
    return Invocation.of(folder, arguments);
  }

  private static JsonNode json(Invocation run) {
    return JsonMapper.shared().readTree(run.out());
  }

  private void assertRefused(Invocation run, String... parts) {
    assertThat(run.err()).contains(parts).doesNotContain("\tat ");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aRunKeepsWhatItFindsAndASecondOneFindsItAllThere() {
    Invocation first = mneme("run", "tiny.yaml", "--threads", "2");
    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.OK);
    assertThat(first.out())
        .contains("tiny  8 trials", "Two tiny models", "1×4", "1×8", "8 results, 0 of them from");
    assertThat(folder.resolve("runs/mneme.duckdb")).isRegularFile();

    Invocation second = mneme("run", "tiny.yaml", "--threads", "1");
    assertThat(second.status()).isEqualTo(ExitStatus.OK);
    assertThat(second.out()).contains("8 results, 8 of them from earlier runs");
    assertThat(second.out().lines().filter(line -> line.contains("×")))
        .isEqualTo(first.out().lines().filter(line -> line.contains("×")).toList());
  }

  @Test
  void jsonIsAloneOnTheOutput() {
    Invocation run = mneme("run", "tiny.yaml", "--json", "-q");
    assertThat(run.err()).isEmpty();
    JsonNode result = json(run);
    assertThat(result.required("format").asString()).isEqualTo("mneme-run/1");
    assertThat(result.required("experiment").asString()).isEqualTo("tiny");
    assertThat(result.required("declared").asInt()).isEqualTo(8);
    assertThat(result.required("finished").asInt()).isEqualTo(8);
    assertThat(result.required("missing").asInt()).isZero();
    for (JsonNode trial : result.required("trials")) {
      assertThat(trial.required("netBits").asDouble())
          .isLessThan(trial.required("ceilingBits").asDouble());
    }
  }

  @Test
  void aDryRunShowsCostAndWritesNothing() throws IOException {
    Invocation run = mneme("run", "tiny.yaml", "--dry-run", "--json", "-q");
    assertThat(run.status()).isEqualTo(ExitStatus.OK);
    JsonNode estimate = json(run);
    assertThat(estimate.required("format").asString()).isEqualTo("mneme-estimate/1");
    // 30 steps of 5 or 8 sequences of 4 tokens, two models and two seeds
    assertThat(estimate.required("tokens").asLong()).isEqualTo(30 * (5 + 8) * 4 * 2 * 2);
    assertThat(estimate.required("coreSeconds").asDouble()).isPositive();
    assertThat(estimate.required("bytes").asLong()).isPositive();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("tiny.yaml"));
    }
    mneme("run", "tiny.yaml", "-q");
    assertThat(mneme("run", "tiny.yaml", "--dry-run").out())
        .contains("0 trials to run, 8 finished already");
  }

  @Test
  void aRunThatWasStoppedSaysSoAndGoesOn() {
    StopSignal stop = new StopSignal();
    OutputStream stopAtTheFirstResult =
        new OutputStream() {
          private final StringBuilder heard = new StringBuilder();

          @Override
          public void write(int b) {
            heard.append((char) b);
            if (heard.indexOf("bits/param") >= 0) {
              stop.raise();
            }
          }
        };
    Invocation first =
        Invocation.listening(
            folder, stop, stopAtTheFirstResult, "run", "tiny.yaml", "--threads", "1");
    assertThat(first.status()).isEqualTo(ExitStatus.INTERRUPTED);
    int kept = json(mneme("run", "tiny.yaml", "--json", "-q")).required("finished").asInt();
    assertThat(kept).isEqualTo(8);
    assertThat(mneme("run", "tiny.yaml").out()).contains("8 of them from earlier runs");
  }

  @Test
  void failedTrialsAreReportedAndRetriedWhenAsked() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Invocation first = withEngine(broken, "run", "tiny.yaml", "-q");
    assertThat(first.status()).isEqualTo(ExitStatus.TRIALS_FAILED);
    assertThat(first.out()).contains("4 trials failed", "--retry-failed runs them again");
    assertThat(mneme("ls", "--status", "failed").out()).contains("failed").contains("1×8");

    broken.set(false);
    assertThat(withEngine(broken, "run", "tiny.yaml", "-q").status())
        .isEqualTo(ExitStatus.TRIALS_FAILED);
    assertThat(withEngine(broken, "run", "tiny.yaml", "-q", "--retry-failed").status())
        .isEqualTo(ExitStatus.OK);
    assertThat(mneme("ls", "--status", "failed").out()).contains("No trials");
  }

  /// The reference engine, which cannot make models of width 8 while it is broken.
  private Invocation withEngine(AtomicBoolean broken, String... arguments) {
    ReferenceEngine real = new ReferenceEngine();
    Engine engine =
        new Engine() {
          @Override
          public EngineIdentity identity() {
            return real.identity();
          }

          @Override
          public TrainableModel create(GptConfig config, double[] parameters) {
            if (broken.get() && config.width() == 8) {
              throw new OutOfMemoryError("Java heap space");
            }
            return real.create(config, parameters);
          }
        };
    return Invocation.with(
        folder, (EngineChoice name) -> engine, new StopSignal(), StandardCharsets.UTF_8, arguments);
  }

  @Test
  void whatWasKeptIsListedShownAskedAndExported() throws IOException {
    mneme("run", "tiny.yaml", "-q");
    Invocation list =
        mneme("ls", "--experiment", "tiny", "--model", "1x8", "--sort", "net-bits", "--limit", "3");
    assertThat(list.status()).isEqualTo(ExitStatus.OK);
    assertThat(list.out().lines().filter(line -> line.contains("finished"))).hasSize(3);
    assertThat(list.out()).contains("1×8", "There may be more").doesNotContain("1×4");
    assertThat(mneme("ls", "--experiments").out()).contains("tiny", "grid", "8");

    String id = list.out().lines().skip(1).findFirst().orElseThrow().strip().split(" ")[0];
    Invocation shown = mneme("show", id);
    assertThat(shown.out())
        .contains(id, "tiny", "bits per parameter", "Learning curve", "engine", "SHA-256");
    JsonNode trial = json(mneme("show", id, "--json"));
    assertThat(trial.required("format").asString()).isEqualTo("mneme-trial/1");
    assertThat(trial.required("id").asString()).startsWith(id);

    assertThat(mneme("query", "SELECT count(*) AS trials FROM trials").out())
        .contains("trials")
        .contains("8");
    Invocation rows = mneme("query", "--json", "SELECT id, seed FROM trials ORDER BY id");
    List<String> lines = rows.out().lines().toList();
    assertThat(lines).hasSize(8);
    assertThat(JsonMapper.shared().readTree(lines.getFirst()).required("seed").isNumber()).isTrue();

    assertThat(mneme("export", "-o", "trials.csv").out()).contains("8 rows in");
    assertThat(Files.readAllLines(folder.resolve("trials.csv"))).hasSize(9);
    mneme("export", "--query", "SELECT seed FROM trials", "-o", "seeds.jsonl", "-q");
    assertThat(Files.readAllLines(folder.resolve("seeds.jsonl")))
        .hasSize(8)
        .contains("{\"seed\":1}");
    mneme("export", "--table", "sample_scores", "-o", "scores.parquet");
    assertThat(folder.resolve("scores.parquet")).isNotEmptyFile();
  }

  @Test
  void nothingIsOverwrittenAndTheStoreCannotBeChanged() throws IOException {
    mneme("run", "tiny.yaml", "-q");
    Files.writeString(folder.resolve("taken.csv"), "precious");
    Invocation refused = mneme("export", "-o", "taken.csv");
    assertThat(refused.status()).isNotEqualTo(ExitStatus.OK);
    assertThat(refused.err()).contains("taken.csv").doesNotContain("\tat ");
    assertThat(folder.resolve("taken.csv")).hasContent("precious");

    for (String sql : List.of("DELETE FROM trials", "DROP TABLE trials", "SELEC 1")) {
      assertRefused(mneme("query", sql), "SQL", "DuckDB's SQL");
    }
    assertThat(mneme("query", "SELECT count(*) FROM trials").out()).contains("8");
  }

  @Test
  void mistakesAreNamedTogether() {
    mneme("run", "tiny.yaml", "-q");
    assertRefused(
        mneme("ls", "--status", "done", "--sort", "speed", "--limit", "0", "--model", "big"),
        "4 things",
        "--status",
        "--sort",
        "--limit",
        "--model");
    assertRefused(mneme("ls", "--experiment", "tinny"), "Did you mean tiny?");
    assertRefused(mneme("show", "zzz"), "zzz", "mneme ls");
    assertRefused(mneme("export", "-o", "trials.xls"), "trials.xls", "parquet");
    assertRefused(
        mneme("export", "-o", "x.csv", "--table", "trials", "--query", "SELECT 1"),
        "one of the two");
    assertRefused(mneme("export", "-o", "x.csv", "--table", "trails"), "trails");
    assertRefused(mneme("ls", "--store", "nowhere.duckdb"), "nowhere.duckdb", "not there");
    assertRefused(mneme("run", "missing.yaml"), "missing.yaml");
    assertRefused(
        mneme("run", "tiny.yaml", "--threads", "0", "--executor", "slurm", "--master", "local"),
        "--threads",
        "--executor",
        "--master");
    assertRefused(mneme("run", "tiny.yaml", "--executor", "spark"), "spark", "--executor spark");
  }

  @Test
  void aFileIsValidatedWithoutRunningIt() throws IOException {
    Invocation right = mneme("validate", "tiny.yaml");
    assertThat(right.status()).isEqualTo(ExitStatus.OK);
    assertThat(right.out()).contains("tiny.yaml is right", "8 trials");
    Files.writeString(folder.resolve("wrong.yaml"), "modles: 1x4\nsteps: 0\n");
    assertRefused(
        mneme("validate", "wrong.yaml"),
        "wrong.yaml line 1: modles",
        "Did you mean models?",
        "wrong.yaml line 2: steps");
  }

  @Test
  void whoHasTheStoreIsNamed() {
    Path store = folder.resolve("runs/mneme.duckdb");
    try (TrialStore held = TrialStore.open(store, "a long measurement")) {
      assertThat(held.file()).isRegularFile();
      assertRefused(mneme("run", "tiny.yaml"), "a long measurement");
      assertRefused(mneme("ls"), "a long measurement");
    }
    assertThat(mneme("run", "tiny.yaml", "-q").status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void whatIsNoStoreIsLeftAlone() throws IOException {
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, "precious notes, no database\n".repeat(500));
    byte[] before = Files.readAllBytes(file);
    assertRefused(mneme("run", "tiny.yaml", "--store", "notes.txt"), "notes.txt");
    assertRefused(mneme("ls", "--store", "notes.txt"), "notes.txt");
    assertThat(file).hasBinaryContent(before);
    assertRefused(mneme("run", "tiny.yaml", "--store", "."), "store");
  }

  @Test
  void capacityKeepsItsTrialsInTheSamePlace() {
    String[] capacity = {
      "capacity", "--model", "1x4", "--vocabulary", "8", "--sequence-length", "4", "--steps", "20",
      "--batch-size", "8", "--grid", "0.5,1,2", "--maximum-sizes", "3", "--sweep", "0.5", "--seeds",
      "2", "--curve-points", "2", "--engine", "reference", "-q"
    };
    Invocation first =
        mneme(Stream.concat(Stream.of(capacity), Stream.of("-o", "one")).toArray(String[]::new));
    assertThat(first.out()).contains("its trials are also in");
    Path store = folder.resolve("runs/mneme.duckdb");
    try (StoreReader reader = StoreReader.open(store, "test")) {
      assertThat(reader.experiments())
          .singleElement()
          .satisfies(experiment -> {
            assertThat(experiment.experiment().name()).isEqualTo("one");
            assertThat(experiment.experiment().kind()).isEqualTo("capacity");
            assertThat(experiment.trials()).isGreaterThanOrEqualTo(4);
            assertThat(experiment.finished()).isEqualTo(experiment.trials());
          });
    }
    // the same search again finds its trials there, and its run folder is whole all the same
    mneme(Stream.concat(Stream.of(capacity), Stream.of("-o", "two")).toArray(String[]::new));
    assertThat(folder.resolve("two/report.json"))
        .hasSameTextualContentAs(folder.resolve("one/report.json"));
  }
}
