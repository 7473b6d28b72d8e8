package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.StopSignal;
import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.config.EngineName;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.TrainableModel;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.store.TrialStore;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `report`, from what `run` and `capacity` kept.
class ReportCommandTest {
  private static final String GRID =
      """
      models: [1x4, 1x8]
      vocabulary: 8
      sequence-length: 4
      sequences: [4, 16, 32, 64, 128]
      steps: 150
      batch-size: 16
      learning-rate: 0.05
      curve-points: 4
      seeds: 2
      engine: reference
      """;

  /// An engine on which every trial fails.
  private static final class NoEngine implements Engine {
    @Override
    public EngineIdentity identity() {
      return new EngineIdentity("reference", 1, 64, "fp64");
    }

    @Override
    public TrainableModel create(GptConfig config, double[] parameters) {
      throw new IllegalStateException("no such <device>");
    }
  }

  private static final TrainingPlan PLAN =
      new TrainingPlan(
          10,
          4,
          new LearningRateSchedule(0.01, 0.1, 0.2, LearningRateSchedule.Decay.LINEAR),
          new AdamW(0.9, 0.99, 1e-8, 0),
          Initialization.GPT2,
          2);

  @TempDir Path folder;

  private Invocation done(String... arguments) {
    Invocation run = Invocation.of(folder, arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.OK);
    return run;
  }

  private void refused(String part, String... arguments) {
    Invocation run = Invocation.of(folder, arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(part).doesNotContain("Exception");
  }

  private Document page(String name) throws IOException {
    return Jsoup.parse(Files.readString(folder.resolve(name)));
  }

  private JsonNode json(String name) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve(name)));
  }

  @Test
  void aStoreIsShownAsTheLawReadsIt() throws IOException {
    Files.writeString(folder.resolve("grid.yaml"), GRID);
    Invocation grid = done("run", "grid.yaml", "-q");
    assertThat(grid.out()).contains("The report to look at is " + folder.resolve("runs/grid.html"));
    assertThat(page("runs/grid.html").select(".scope").text()).contains("experiment grid");
    assertThat(folder.resolve("runs/grid.json")).isNotEmptyFile();
    // whatever stands in its place is kept, and costs nothing but the report
    Files.writeString(folder.resolve("runs/grid.html"), "mine");
    assertThat(done("run", "grid.yaml", "-q").err())
        .contains("No HTML report was written", "no report of this command");
    assertThat(folder.resolve("runs/grid.html")).hasContent("mine");
    Invocation run = done("report");
    assertThat(run.out()).contains("report.html", "report.json");
    // the main curve, for people without a browser
    assertThat(run.out())
        .contains("Memorized bits against data set size", "● 1×4   ● 1×8   ⠒ achievable ceiling");
    assertThat(run.out().lines().filter(line -> line.contains("┤") || line.contains("│")))
        .hasSize(14);
    assertThat(done("run", "grid.yaml", "--no-report").out())
        .contains("● 1×4   ● 1×8", "of them from earlier runs");
    assertThat(done("report", "-q").out()).contains("report.html").doesNotContain("┤", "1×4");
    assertThat(done("run", "grid.yaml", "-q").out()).doesNotContain("┤");
    assertThat(done("run", "grid.yaml", "--json").out()).startsWith("{").doesNotContain("┤");
    Document page = page("report.html");
    assertThat(page.select("section").eachAttr("id"))
        .containsExactly("memorized", "parameters", "learning", "sequences");
    assertThat(page.select("section:not(#sequences) [data-chart]").eachAttr("data-chart"))
        .containsExactly("memorized-1", "per-parameter", "learning");
    assertThat(page.select("#sequences .choice [data-chart]").eachAttr("data-chart"))
        .contains("sequences-1-1", "sequences-2-1");
    assertThat(page.select(".label").text()).contains("lower bound at its training budget");

    JsonNode law =
        JsonMapper.shared()
            .readTree(done("law", "capacity", "--json").out())
            .required("precisions")
            .get(0);
    JsonNode twin = json("report.json");
    assertThat(twin.at("/figures/0/interval/mean").asDouble())
        .isEqualTo(law.at("/law/alpha/mean").asDouble());
    JsonNode series = twin.at("/sections/0/blocks/0/series");
    assertThat(series.findValuesAsString("name"))
        .containsExactly("1×4", "1×8", "1×4", "1×8", "entropy of the data", "achievable ceiling");
    assertThat(series.get(0).required("points").size()).isEqualTo(5);
    // N 4 of 4 tokens out of 8 is 48 bits
    assertThat(series.at("/0/points/0/0").asDouble()).isCloseTo(48, within(1e-9));
    assertThat(series.at("/2/points/0/1").asDouble())
        .isEqualTo(law.at("/models/0/capacityBits/mean").asDouble());
    assertThat(twin.at("/sections/2/blocks/0/series/0/points").size()).isEqualTo(4);

    byte[] first = Files.readAllBytes(folder.resolve("report.html"));
    done("report", "runs/mneme.duckdb");
    assertThat(Files.readAllBytes(folder.resolve("report.html"))).isEqualTo(first);
  }

  @Test
  void aStoreWhereNothingFinishedSaysSo() throws IOException {
    Files.writeString(folder.resolve("bad.yaml"), GRID);
    Invocation failed =
        Invocation.with(
            folder,
            name -> new NoEngine(),
            new StopSignal(),
            StandardCharsets.UTF_8,
            "run",
            "bad.yaml",
            "-q");
    assertThat(failed.status()).isEqualTo(ExitStatus.TRIALS_FAILED);
    done("report", "-o", "bad.html");
    Document page = page("bad.html");
    assertThat(page.select("h1").text()).isEqualTo("No result on random tokens");
    assertThat(page.select(".notice").text()).contains("no result to show");
    assertThat(page.select("section").eachAttr("id")).containsExactly("unfinished");
    assertThat(page.select("td").eachText()).anyMatch(cell -> cell.contains("no such <device>"));
    assertThat(page.select("script, .figure")).isEmpty();
  }

  private void store(TrialResult... results) throws IOException {
    Files.createDirectories(folder.resolve("runs"));
    try (TrialStore store = TrialStore.open(folder.resolve("runs/mneme.duckdb"), "a test")) {
      for (TrialResult result : results) {
        store.keep(TrialOutcome.of(result));
      }
    }
  }

  @Test
  void anEmptyStoreSaysSo() throws IOException {
    store();
    done("report");
    Document page = page("report.html");
    assertThat(page.select("h1").text()).isEqualTo("No result on random tokens");
    assertThat(page.select(".notice").text()).contains("Nothing has finished yet");
    assertThat(page.select("section, script, .figure")).isEmpty();
  }

  @Test
  void hostileReasonsAreShownAsText() throws IOException {
    String reason = "</td><script>alert(1)</script>\u202e";
    store(
        TrialResult.Failed.unreported(
            new TrialSpecification(GptConfig.of(1, 4, 8, 4), 4, PLAN, 1),
            Engines.create(EngineChoice.of(EngineName.REFERENCE)).identity(),
            reason));
    done("report", "-o", "bad.html");
    Document page = page("bad.html");
    assertThat(page.select(".notice").text()).contains("no result to show");
    assertThat(page.select("section").eachAttr("id")).containsExactly("unfinished");
    assertThat(page.select("td").eachText())
        .containsExactly("failed: </td><script>alert(1)</script>[U+202E]", "1");
    assertThat(page.select("script, .figure")).isEmpty();
    assertThat(json("bad.json").at("/sections/0/blocks/0/rows/0/0").asString())
        .isEqualTo("failed: " + reason);
  }

  @Test
  void aCapacityRunIsShownWithItsControls() throws IOException {
    Invocation.of(
        folder,
        "capacity",
        "--model",
        "1x4",
        "--vocabulary",
        "8",
        "--sequence-length",
        "4",
        "--steps",
        "60",
        "--engine",
        "reference",
        "--seeds",
        "2",
        "-o",
        "run",
        "-q");
    done("report", "run", "-o", "page.html");
    assertThat(page("page.html").select("section").eachAttr("id"))
        .contains("memorized", "learning", "controls");
    JsonNode series = json("page.json").at("/sections/0/blocks/0/series");
    assertThat(series.findValuesAsString("name")).endsWith("achievable ceiling");
    JsonNode ceiling = series.get(series.size() - 1).required("points");
    JsonNode entropy = series.get(series.size() - 2).required("points");
    assertThat(ceiling.size()).isGreaterThan(1);
    for (int i = 0; i < Math.min(ceiling.size(), entropy.size()); i++) {
      // order costs log2 N!, so the ceiling is below the entropy from two sequences on
      assertThat(ceiling.get(i).get(1).asDouble())
          .isBetween(0.0, entropy.at("/" + i + "/1").asDouble() - 1);
    }
    JsonNode learning = json("page.json").at("/sections/1/blocks/0/series/0/points");
    assertThat(learning.size()).isGreaterThan(3);
    assertThat(learning.get(learning.size() - 1).get(0).asDouble()).isEqualTo(60);
    // while it runs there are trials and no report
    Files.move(folder.resolve("run/report.json"), folder.resolve("run/moved.json"));
    done("report", "run", "-o", "running.html", "-q");
    assertThat(page("running.html").select(".notice").text()).contains("has not ended");
    assertThat(page("running.html").select("section").eachAttr("id"))
        .contains("memorized", "learning");
    Files.move(folder.resolve("run/moved.json"), folder.resolve("run/report.json"));
    // and without its trials a report still is one
    Files.delete(folder.resolve("run/trials.jsonl"));
    done("report", "run", "-o", "alone.html", "-q");
    assertThat(page("alone.html").select("section").eachAttr("id"))
        .contains("memorized", "controls")
        .doesNotContain("learning");
    assertThat(json("page.json").at("/figures/0/name").asString())
        .isEqualTo("1×4, bits per parameter");
    // the report of the run itself is not taken for one of ours
    refused("no report of this command", "report", "run", "-o", "run/report.html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "",
        "{\"format\":\"mneme-study/1\",\"mod",
        "[1]",
        "{\"format\":\"x\"}",
        "{\"format\":\"mneme-study/1\"}",
        "{\"format\":\"mneme-text/1\",\"models\":[{}]}"
      })
  void aHalfWrittenRunSaysSo(String text) throws IOException {
    Files.createDirectory(folder.resolve("half"));
    Files.writeString(folder.resolve("half/report.json"), text);
    done("report", "half", "-o", "half.html");
    assertThat(page("half.html").select("h1").text()).isEqualTo("No result to show");
    assertThat(page("half.html").select(".notice").text()).contains("no finished study");
  }

  @Test
  void aRunThatWasKilledSaysSo() throws IOException {
    Files.createDirectory(folder.resolve("killed"));
    Files.writeString(folder.resolve("killed/trials.jsonl"), "{\"format\":\"mneme-tri");
    done("report", "killed", "-o", "killed.html");
    assertThat(page("killed.html").select("h1").text()).isEqualTo("No result to show");
    assertThat(page("killed.html").select(".notice").text())
        .contains("has not ended, or was killed", "mneme report STORE");
  }

  @Test
  void mistakesAreNamed() throws IOException {
    refused("not there", "report");
    Files.createDirectory(folder.resolve("empty"));
    refused("report.json", "report", "empty");
    refused("ending in .html", "report", "empty", "-o", "page.txt");
    refused("whose experiments have names", "report", "empty", "--experiment", "x");
    Files.writeString(folder.resolve("mine.html"), "<p>mine</p>");
    refused("no report of this command", "report", "empty", "-o", "mine.html");
    assertThat(Files.readString(folder.resolve("mine.html"))).isEqualTo("<p>mine</p>");
  }
}
