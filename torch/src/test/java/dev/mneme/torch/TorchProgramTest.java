package dev.mneme.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The program as the launcher starts it, in a process of its own.
class TorchProgramTest {
  @TempDir private Path folder;

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void declareAnExperiment() throws IOException {
    Files.writeString(
        folder.resolve("tiny.yaml"),
        """
        models: [1x8]
        vocabulary: 16
        sequence-length: 4
        sequences: [10, 20]
        steps: 30
        batch-size: 8
        """);
  }

  @Test
  void anExperimentRunsOnLibtorchAndIsNotRunAgain() throws Exception {
    Outcome first = run("run", "tiny.yaml", "--engine", "torch", "--threads", "2", "--no-report");
    assertThat(first.err()).doesNotContain("Exception");
    assertThat(first.status()).isZero();
    assertThat(first.out()).contains("2 results");
    assertThat(run("run", "tiny.yaml", "--engine", "torch", "--no-report").out())
        .contains("2 results, 2 of them from earlier runs");
    Outcome asked = run("query", "SELECT DISTINCT engine, numerics_version, precision FROM trials");
    assertThat(asked.out()).contains("torch-cpu").contains("fp32");
  }

  @Test
  void theControlsHold() throws Exception {
    Outcome outcome = run("selftest", "--engine", "torch");
    assertThat(outcome.out()).contains("engine torch-cpu", "All five controls passed");
    assertThat(outcome.status()).isZero();
  }

  @Test
  @DisabledIf(value = "dev.mneme.torch.Devices#cuda", disabledReason = "there is a graphics card")
  void aMissingCardIsAMistakeOfTheUser() throws Exception {
    Outcome outcome = run("selftest", "--engine", "torch", "--device", "cuda");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("device", "cuda:0", "driver").doesNotContain("\tat ");
  }

  @Test
  void aMissingLibraryIsAMistakeOfTheUser() throws Exception {
    Outcome outcome =
        start(part -> !part.contains("linux-x86_64"), "selftest", "--engine", "torch");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("native library does not load", "mvn -Ptorch", "--engine vector")
        .doesNotContain("\tat ");
  }

  @Test
  void withoutTheModuleTheLauncherIsNamed() throws Exception {
    String module =
        Path.of(TorchEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    Outcome outcome =
        start(
            part -> !Path.of(part).toString().equals(module),
            "run",
            "tiny.yaml",
            "--engine",
            "torch",
            "--no-report");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("torch, which this program was started without", "Say --engine torch");
  }

  @Test
  void devicesBelongToTorchAndTorchNotToSpark() throws Exception {
    assertThat(run("run", "tiny.yaml", "--engine", "vector", "--device", "cuda").err())
        .contains("cuda beside engine vector");
    assertThat(run("run", "tiny.yaml", "--engine", "torch", "--executor", "spark").err())
        .contains("spark beside engine torch");
    assertThat(run("run", "tiny.yaml", "--engine", "torch", "--device", "gpu").err())
        .contains("gpu", "cpu, cuda or cuda:n");
  }

  private Outcome run(String... arguments) throws Exception {
    return start(part -> true, arguments);
  }

  private Outcome start(Predicate<String> onTheClassPath, String... arguments) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(onTheClassPath)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("java-options").toAbsolutePath(),
                "-cp",
                classPath,
                "dev.mneme.app.Mneme"));
    command.addAll(List.of(arguments));
    File err = folder.resolve("err").toFile();
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the program ends").isTrue();
    return new Outcome(process.exitValue(), out, Files.readString(err.toPath()));
  }
}
