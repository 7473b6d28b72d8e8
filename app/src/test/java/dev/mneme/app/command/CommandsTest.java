package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.StopSignal;
import dev.mneme.app.config.EngineChoice;
import dev.mneme.experiment.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {
  /// A model of a few hundred parameters that is trained for an instant.
  private static final String[] TINY = {
    "--vocabulary", "8", "--sequence-length", "4", "--steps", "20", "--batch-size", "8", "--grid",
        "0.5,1,2",
    "--maximum-sizes", "3", "--sweep", "0.5", "--seeds", "2", "--curve-points", "2", "--engine",
        "reference"
  };

  @TempDir Path folder;

  private static String[] with(String[] first, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(first), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  @Test
  void capacityWritesARunFolderAndSaysWhatIsMissing() throws Exception {
    Invocation run =
        Invocation.of(
            folder, with(with(new String[] {"capacity"}, TINY), "--model", "1x4,1x8", "-o", "run"));
    // twenty steps memorize no tiny set
    assertThat(run.status()).isEqualTo(ExitStatus.CONTROL_FAILED);
    assertThat(run.out())
        .contains(
            "Mneme capacity",
            "engine reference",
            "lower bound at this training budget",
            "1×4",
            "1×8",
            "capacity not reached",
            "the largest value seen is",
            "Controls",
            "Everything is in");
    Path written = folder.resolve("run");
    assertThat(written)
        .isDirectoryContaining(
            "glob:**/{config.yaml,trials.jsonl,curves.csv,report.json,summary.txt}");
    for (String name :
        List.of(
            "config.yaml",
            "trials.jsonl",
            "curves.csv",
            "report.json",
            "summary.txt",
            "curve.png",
            "curve.svg",
            "report.html",
            "report-page.json")) {
      assertThat(written.resolve(name)).isNotEmptyFile();
    }
    assertThat(run.out()).contains("The report to look at is " + written.resolve("report.html"));
    assertThat(RunFolder.readTrials(written).results()).hasSizeGreaterThanOrEqualTo(6);
    JsonNode report =
        JsonMapper.shared().readTree(Files.readString(written.resolve("report.json")));
    assertThat(report.required("models")).hasSize(2);
    assertThat(report.required("reached").asBoolean()).isFalse();
    String summary = Files.readString(written.resolve("summary.txt"));
    assertThat(summary).contains("capacity not reached").doesNotContain("\u001b");
    assertThat(run.err()).contains("Writing to");
  }

  @Test
  void jsonIsAloneOnTheOutput() {
    Invocation run =
        Invocation.of(
            folder,
            with(
                with(new String[] {"capacity"}, TINY),
                "--model",
                "1x4",
                "-o",
                "run",
                "--json",
                "-q"));
    JsonNode report = JsonMapper.shared().readTree(run.out());
    assertThat(report.required("format").asString()).isEqualTo("mneme-study/1");
    assertThat(report.required("models").get(0).required("controls").required("missing").isArray())
        .isTrue();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aReportIsLeftOutOnRequestAndANoteSaysWhereNoBrowserIs() {
    String[] tiny = with(with(new String[] {"capacity"}, TINY), "--model", "1x4", "-q");
    Invocation without = Invocation.of(folder, with(tiny, "-o", "without", "--no-report"));
    assertThat(without.out()).contains("Everything is in").doesNotContain("report to look at");
    assertThat(folder.resolve("without"))
        .isDirectoryNotContaining("glob:**/report{.html,-page.json}");
    Invocation open = Invocation.of(folder, with(tiny, "-o", "open", "--open"));
    assertThat(open.err())
        .contains(
            "No browser could be started here", folder.resolve("open/report.html").toString());
  }

  @Test
  void theSameCommandGivesTheSameFigures() throws Exception {
    for (String name : List.of("first", "second")) { // with a store each, so that both run
      Invocation.of(
          folder,
          with(
              with(new String[] {"capacity"}, TINY),
              "--model",
              "1x4",
              "-o",
              name,
              "--store",
              name + ".duckdb",
              "-q"));
    }
    assertThat(folder.resolve("second/report.json"))
        .hasSameTextualContentAs(folder.resolve("first/report.json"));
  }

  @Test
  void aConfigurationThatWasShownLeadsToTheSame() throws Exception {
    Invocation shown =
        Invocation.of(
            folder,
            with(with(new String[] {"capacity"}, TINY), "--model", "1x4x2,2x8", "--show-config"));
    assertThat(shown.status()).isEqualTo(ExitStatus.OK);
    assertThat(shown.out())
        .contains("  - 1x4x2\n", "  - 2x8x1\n", "steps: 20", "# optimizer steps");
    Files.writeString(folder.resolve("run.yaml"), shown.out());
    Invocation again = Invocation.of(folder, "capacity", "--config", "run.yaml", "--show-config");
    assertThat(again.out()).isEqualTo(shown.out());
    Invocation changed =
        Invocation.of(
            folder,
            "capacity",
            "--config",
            "run.yaml",
            "--steps",
            "7",
            "--width",
            "16",
            "--show-config");
    assertThat(changed.out()).contains("steps: 7 ", "  - 1x16x1\n").doesNotContain("2x8");
  }

  @Test
  void whatAModelSetsForItselfSurvives() throws Exception {
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        models:
          - {model: 1x4, steps: 30, grid: [0.5, 1]}
          - 1x8
        steps: 10
        """);
    Invocation shown = Invocation.of(folder, "capacity", "--config", "run.yaml", "--show-config");
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out())
        .contains(
            "{model: 1x4x1, steps: 30, grid: [0.5, 1]}",
            "{model: 1x8x1, grid: [0.5, 0.63",
            "\nsteps: 10 ");
    Files.writeString(folder.resolve("again.yaml"), shown.out());
    assertThat(Invocation.of(folder, "capacity", "--config", "again.yaml", "--show-config").out())
        .isEqualTo(shown.out());
  }

  @Test
  void stepsOfTheModelsAloneAreABudget() throws Exception {
    Files.writeString(
        folder.resolve("run.yaml"),
        "models:\n  - {model: 1x4, steps: 30}\n  - {model: 1x8, steps: 40}\n");
    Invocation shown = Invocation.of(folder, "capacity", "--config", "run.yaml", "--show-config");
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out())
        .contains("\nsteps: 30 ", "{model: 1x8x1, steps: 40}")
        .doesNotContain("time:");
  }

  @Test
  void aTimedRunLeavesTheStepsThatRepeatIt() throws Exception {
    String[] timed = TINY.clone();
    timed[4] = "--time";
    timed[5] = "2s";
    Invocation.of(
        folder, with(with(new String[] {"capacity"}, timed), "--model", "1x4", "-o", "first"));
    assertThat(folder.resolve("first/config.yaml"))
        .content()
        .contains("# The steps were calibrated from time: ", "\nsteps: ")
        .doesNotContain("\ntime:");
    Invocation.of(folder, "capacity", "--config", "first/config.yaml", "-o", "again");
    assertThat(folder.resolve("again/report.json"))
        .hasSameTextualContentAs(folder.resolve("first/report.json"));
  }

  @Test
  void aSingleStepIsNotHalved() {
    String[] single = TINY.clone();
    single[5] = "1";
    Invocation run =
        Invocation.of(folder, with(with(new String[] {"capacity"}, single), "--model", "1x4"));
    assertThat(run.out())
        .contains("A single step cannot be halved", "The search ended:")
        .doesNotContain("No run with half the steps");
  }

  @Test
  void theDemoEndsWithWhatItMeans() throws Exception {
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        models: [1x4, 1x8]
        vocabulary: 8
        sequence-length: 4
        steps: 20
        batch-size: 8
        grid: [0.02, 0.1, 0.5, 1, 2]
        maximum-sizes: 6
        engine: reference
        """);
    Invocation run = Invocation.of(folder, "demo", "--config", "tiny.yaml", "--seeds", "3");
    assertThat(run.status()).isEqualTo(ExitStatus.CONTROL_FAILED); // 20 steps pass no control 2
    assertThat(run.out())
        .contains(
            "What was measured",
            "lower bound at this training budget",
            "What it means",
            "The smallest data sets tried kept ",
            "3.83 bits per parameter",
            "Where to look next",
            "Capacity against parameters",
            "demo-20261123-200000");
    assertThat(folder.resolve("runs/demo-20261123-200000/summary.txt")).isNotEmptyFile();
  }

  @Test
  void theDemosOwnGridIsSound() {
    Invocation run = Invocation.of(folder, "demo", "--show-config");
    assertThat(run.status()).isEqualTo(ExitStatus.OK);
    assertThat(run.out()).contains("engine: vector", "seeds: 3");
  }

  @Test
  void stoppingKeepsWhatIsThere() throws Exception {
    StopSignal stop = new StopSignal();
    stop.raise();
    Invocation run =
        Invocation.with(
            folder,
            Engines::create,
            stop,
            StandardCharsets.UTF_8,
            with(with(new String[] {"capacity"}, TINY), "--model", "1x4", "-o", "run"));
    assertThat(run.status()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(run.err()).contains("interrupted; what was finished is in");
    assertThat(folder.resolve("run/report.json")).content().contains("\"interrupted\" : true");
  }

  @Test
  void stoppingDuringTheControlsIsAnInterruptionToo() {
    StopSignal stop = new StopSignal();
    OutputStream listener =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (toString(StandardCharsets.UTF_8).contains("Running the controls")) {
              stop.raise();
            }
          }
        };
    Invocation run =
        Invocation.listening(
            folder,
            stop,
            listener,
            with(with(new String[] {"capacity"}, TINY), "--model", "1x4", "-o", "run"));
    assertThat(run.status()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(folder.resolve("run/report.json"))
        .content()
        .startsWith(
            "{\n  \"format\" : \"mneme-study/1\",\n  \"reached\" : false,\n"
                + "  \"interrupted\" : true");
  }

  @Test
  void aNarrowCharacterSetGetsPlainCharacters() {
    Invocation run =
        Invocation.with(
            folder,
            Engines::create,
            new StopSignal(),
            StandardCharsets.US_ASCII,
            with(with(new String[] {"capacity"}, TINY), "--model", "1x4", "-o", "run"));
    assertThat(run.out()).contains("1x4", "Mneme capacity").doesNotContain("?");
  }

  @Test
  void anErrorNobodyForesawIsOneLineUnlessAskedFor() {
    java.util.function.Function<EngineChoice, dev.mneme.engine.Engine> broken =
        name -> {
          throw new IllegalStateException("the wheels came off");
        };
    Invocation run =
        Invocation.with(folder, broken, new StopSignal(), StandardCharsets.UTF_8, "selftest");
    assertThat(run.status()).isEqualTo(ExitStatus.INTERNAL_ERROR);
    assertThat(run.err()).contains("the wheels came off", "-v").doesNotContain("\tat ");
    Invocation verbose =
        Invocation.with(folder, broken, new StopSignal(), StandardCharsets.UTF_8, "selftest", "-v");
    assertThat(verbose.err()).contains("IllegalStateException", "\tat ");
  }

  @Test
  void helpVersionAndCompletion() {
    Invocation help = Invocation.of(folder, "capacity", "--help");
    assertThat(help.status()).isEqualTo(ExitStatus.OK);
    assertThat(help.out())
        .contains("--batch-size", "Exit status", "capacity not reached")
        .doesNotContain("%n");
    Invocation version = Invocation.of(folder, "--version");
    assertThat(version.out()).contains("Mneme ", "Java 25", "Engine vector fp32", "System ");
    Invocation completion = Invocation.of(folder, "completion");
    assertThat(completion.out()).contains("#!/usr/bin/env bash", "--batch-size", "selftest");
    for (String command : List.of("demo", "selftest", "completion")) {
      assertThat(Invocation.of(folder, command, "--help").out())
          .contains("Usage: mneme " + command, "Exit status");
    }
  }
}
