package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakesTest {
  @TempDir Path folder;

  private void assertRefused(Invocation run, String... parts) throws IOException {
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(parts).doesNotContain("java.").doesNotContain("\tat ");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.endsWith("trials.jsonl"))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--vocabulary | 1 | from 2 to",
        "--vocabulary | many | a whole number",
        "--sequence-length | 0 | from 1 to 65,536",
        "--layers | 0 | from 1 to 256",
        "--width | -4 | from 1 to 16,384",
        "--steps | 0 | Without training nothing is memorized",
        "--steps | 1.5 | a whole number",
        "--time | 0m | a length of time above 0",
        "--time | soon | such as 30m",
        "--batch-size | 0 | from 1 to",
        "--learning-rate | 0 | a number above 0",
        "--learning-rate | NaN | a number above 0",
        "--warmup | 1 | a share from 0 to 0.99",
        "--decay | square | cosine or linear",
        "--tolerance | -0.1 | a share from 0 to 1",
        "--threads | 0 | from 1 to 1,024",
        "--seeds | 0 | from 1 to 1,000",
        "--scan-seeds | 9 | at most the 3 seeds",
        "--grid | 1,0.5 | ascending",
        "--grid | 1,zwei | factors above 0",
        "--maximum-sizes | 2 | at least the 5 sizes",
        "--precision | fp8 | fp32",
        "--engine | vectro | Did you mean vector?",
        "--model | 1by32 | LAYERSxWIDTH",
        "--seed | 1e99 | a whole number",
        "--seed | 9223372036854775807 | at most 9223372036854775804",
        "--flat | 0.98 | less than 1 together with warmup 0.02",
      })
  void aWrongValueIsNamedWithWhatWasExpected(String option, String value, String expected)
      throws IOException {
    Invocation run = Invocation.of(folder, "capacity", option, value);
    assertRefused(run, option, "got " + value, expected);
  }

  @Test
  void everyMistakeIsReportedAtOnce() throws IOException {
    Invocation run =
        Invocation.of(
            folder,
            "capacity",
            "--vocabulary",
            "1",
            "--steps",
            "0",
            "--engine",
            "gpu",
            "--model",
            "2x33x4");
    assertRefused(
        run,
        "4 things cannot be done",
        "--vocabulary",
        "--steps",
        "--engine",
        "a divisor of the width");
  }

  @Test
  void headsMustDivideTheWidth() throws IOException {
    assertRefused(
        Invocation.of(folder, "capacity", "--width", "33", "--heads", "2"),
        "heads 2 with width 33",
        "a divisor of the width");
  }

  @Test
  void stepsAndTimeExcludeEachOther() throws IOException {
    assertRefused(
        Invocation.of(folder, "capacity", "--steps", "10", "--time", "1m"),
        "steps or time, not both");
  }

  @Test
  void doublingsNeedStepsToStartFrom() throws IOException {
    assertRefused(
        Invocation.of(folder, "capacity", "--doublings", "3", "--time", "1m"),
        "--doublings",
        "0 where a time is given instead of steps",
        "Give --steps N");
  }

  @Test
  void modelsWithStepsExcludeTimeAndModelsWithout() throws IOException {
    Files.writeString(
        folder.resolve("run.yaml"), "models:\n  - {model: 1x4, steps: 30}\ntime: 1m\n");
    assertRefused(
        Invocation.of(folder, "capacity", "--config", "run.yaml"), "steps or time, not both");
    Files.writeString(
        folder.resolve("run.yaml"), "models:\n  - {model: 1x4, steps: 30}\n  - 1x8\n");
    assertRefused(
        Invocation.of(folder, "capacity", "--config", "run.yaml"), "model 1x8", "got no steps");
  }

  @Test
  void theDemoNeedsThreeSeeds() throws IOException {
    assertRefused(
        Invocation.of(folder, "demo", "--seeds", "2"),
        "--seeds",
        "got 2",
        "the demo needs at least 3 seeds");
  }

  @Test
  void anUnknownOptionGetsASuggestion() throws IOException {
    assertRefused(
        Invocation.of(folder, "capacity", "--widht", "32"), "--widht", "Did you mean --width?");
    assertRefused(Invocation.of(folder, "capacty"), "capacty", "Did you mean capacity?");
  }

  @Test
  void anOptionWithoutItsValueIsAMistake() throws IOException {
    assertRefused(Invocation.of(folder, "capacity", "--steps"), "--steps", "capacity --help");
  }

  @Test
  void aConfigurationFileIsReportedWithLinesAndSuggestions() throws IOException {
    Files.writeString(
        folder.resolve("run.yaml"),
        """
        widht: 32
        steps: lots
        batch-size: 0
        models:
          - {model: 1x32, learning_rate: 0.1}
        batch-size: 5
        """);
    Invocation run = Invocation.of(folder, "capacity", "--config", "run.yaml");
    assertRefused(
        run,
        "run.yaml line 1: widht",
        "Did you mean width?",
        "run.yaml line 5: learning_rate",
        "Did you mean learning-rate?",
        "run.yaml line 6: batch-size");
    Files.writeString(folder.resolve("run.yaml"), "width: 32\nsteps: lots\nbatch-size: 0\n");
    assertRefused(
        Invocation.of(folder, "capacity", "--config", "run.yaml"),
        "run.yaml line 2: steps",
        "got lots",
        "run.yaml line 3: batch-size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'[1, 2]' | a list",
        "'steps: [1, 2' | not YAML",
        "'just words' | lines such as",
        "'steps: {a: 1}' | a group of settings",
        "'steps:' | nothing",
        "'a: &x [*x, *x]' | a setting that does not exist",
        "'steps: 5\n---\nsteps: 6' | a second document",
        "'\t- x: [' | not YAML",
      })
  void aMalformedConfigurationFileIsRefused(String text, String message) throws IOException {
    Files.writeString(folder.resolve("run.yaml"), text);
    assertRefused(Invocation.of(folder, "capacity", "--config", "run.yaml"), "run.yaml", message);
  }

  @Test
  void aHugeOrDeepOrBinaryConfigurationFileIsRefused() throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.writeString(file, "x".repeat((1 << 20) + 1));
    assertRefused(Invocation.of(folder, "capacity", "--config", "run.yaml"), "at most 1 MiB");
    Files.writeString(file, "steps: " + "[".repeat(5000));
    assertRefused(Invocation.of(folder, "capacity", "--config", "run.yaml"), "not YAML");
    Files.write(file, new byte[] {0, (byte) 0xFF, 27, '[', '2', 'J'});
    Invocation run = Invocation.of(folder, "capacity", "--config", "run.yaml");
    assertRefused(run, "run.yaml");
    assertThat(run.err()).doesNotContain("\u001b");
  }

  @Test
  void aMissingConfigurationFileIsNamed() throws IOException {
    assertRefused(
        Invocation.of(folder, "capacity", "--config", "nowhere.yaml"),
        "nowhere.yaml",
        "there is no file of that name");
    assertRefused(Invocation.of(folder, "capacity", "--config", "."), "not a folder");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path old = Files.createDirectory(folder.resolve("old"));
    Files.writeString(old.resolve("summary.txt"), "precious");
    assertRefused(
        Invocation.of(folder, "capacity", "--steps", "1", "-o", "old"),
        "old, which has files in it",
        "--output");
    assertThat(old.resolve("summary.txt")).hasContent("precious");
    Files.writeString(folder.resolve("file"), "precious");
    assertRefused(
        Invocation.of(folder, "capacity", "--steps", "1", "-o", "file"), "file, which is a file");
    assertRefused(
        Invocation.of(folder, "capacity", "--steps", "1", "-o", "file/below"), "can be written to");
    assertThat(folder.resolve("file")).hasContent("precious");
  }

  @Test
  void aModelThatCannotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
    assertRefused(
        Invocation.of(folder, "capacity", "--model", "8x4096", "--threads", "1000", "--steps", "1"),
        "model 8x4096",
        "1,619,697,664 parameters and",
        "-Xmx");
    assertRefused(
        Invocation.of(folder, "capacity", "--model", "256x16384"),
        "more than 2,147,483,647 parameters");
  }

  @Test
  void noCommandShowsWhatThereIs() {
    Invocation run = Invocation.of(folder);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("demo", "capacity", "selftest", "completion");
  }
}
