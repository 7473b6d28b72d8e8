package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Runs a copy of the launcher in a checkout, a `java` and a `mvn` made of shell scripts, so that
/// no JVM and no Maven starts.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final int UNAVAILABLE = 69;
  private static final int BUILD_FAILED = 70;

  @TempDir private Path folder;
  private Path checkout;
  private Path jdks;
  private Path bin;

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void makeACheckout() throws IOException {
    folder = folder.toRealPath();
    checkout = Files.createDirectories(folder.resolve("a checkout"));
    jdks = Files.createDirectories(folder.resolve("jdks"));
    bin = Files.createDirectories(folder.resolve("bin"));
    Path launcher = Path.of("..", "mneme").toAbsolutePath().normalize();
    Files.copy(launcher, checkout.resolve("mneme"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String sources : List.of("core/src/main", "app/src/main")) {
      Files.writeString(Files.createDirectories(checkout.resolve(sources)).resolve("A.java"), "");
    }
    for (String pom : List.of("pom.xml", "core/pom.xml", "app/pom.xml")) {
      Files.writeString(checkout.resolve(pom), "");
    }
    // As sources in a real checkout: older than the first build.
    try (var files = Files.walk(checkout)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
      }
    }
    maven("mkdir -p app/target/mneme/modules; echo jar > app/target/mneme/modules/mneme-app.jar");
  }

  @Test
  void picksTheNewestOfTheUsualFolders() throws Exception {
    jdk("jdk-17", "17.0.15");
    jdk("jdk-25", "25.0.3");
    jdk("jdk-8", "1.8.0_402");
    jdk("jdk-24", "24");
    assertThat(run(Map.of()).out()).startsWith("java of jdk-25\n");
  }

  @Test
  void passesOverTheJavaOnThePathWhenItIsTooOld() throws Exception {
    Path old = jdk("jdk-17", "17.0.15");
    jdk("jdk-25", "25.0.3");
    Files.createSymbolicLink(bin.resolve("java"), old.resolve("bin/java"));
    assertThat(run(Map.of("JAVA_HOME", old.toString())).out()).startsWith("java of jdk-25\n");
  }

  @Test
  void takesTheJavaOnThePathThroughLinksBeforeTheUsualFolders() throws Exception {
    Path onPath = jdk("../elsewhere/jdk-25", "25.0.3");
    jdk("jdk-26", "26");
    Path alternative = Files.createSymbolicLink(folder.resolve("link"), onPath.resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), alternative);
    assertThat(run(Map.of()).out()).startsWith("java of jdk-25\n");
  }

  @Test
  void prefersItsOwnVariableToJavaHome() throws Exception {
    Path first = jdk("first", "25.0.3");
    Path second = jdk("second", "26");
    assertThat(run(Map.of("JAVA_HOME", second.toString())).out()).startsWith("java of second\n");
    Map<String, String> both =
        Map.of("JAVA_HOME", second.toString(), "MNEME_JAVA_HOME", first.toString());
    assertThat(run(both).out()).startsWith("java of first\n");
  }

  @Test
  void refusesAnUnsuitableJdkThatWasAskedFor() throws Exception {
    Path old = jdk("old", "17.0.15");
    jdk("new", "25.0.3");
    Outcome outcome = run(Map.of("MNEME_JAVA_HOME", old.toString()));
    assertThat(outcome.status()).isEqualTo(UNAVAILABLE);
    assertThat(outcome.err())
        .isEqualTo(
            "mneme: MNEME_JAVA_HOME is "
                + old
                + ", which holds JDK 17, but Mneme needs a JDK 25 or newer.\n");
  }

  @Test
  void asksAJdkWithoutReleaseFileForItsVersion() throws Exception {
    Path home = jdk("unlabelled", "25.0.3");
    Files.delete(home.resolve("release"));
    assertThat(run(Map.of()).out()).startsWith("java of unlabelled\n");
  }

  @Test
  void saysWhatIsMissingWithoutAJdk() throws Exception {
    jdk("jdk-17", "17.0.15");
    Outcome outcome = run(Map.of());
    assertThat(outcome.status()).isEqualTo(UNAVAILABLE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("mneme: Mneme needs a JDK 25 or newer, and none was found")
        .contains("openjdk-25-jdk", "Temurin", "brew", "sdk install");
    assertThat(builds()).isZero();
  }

  @Test
  void passesArgumentsAndStatusAndOptions() throws Exception {
    jdk("jdk-25", "25.0.3");
    Outcome outcome = run(Map.of("FAKE_STATUS", "3", "MNEME_JAVA_OPTS", "-Xmx1g -Da=b"), "x y", "");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.out())
        .contains("[-Xmx1g]\n[-Da=b]\n")
        .endsWith("[--module]\n[dev.mneme.app/dev.mneme.app.Mneme]\n[x y]\n[]\n");
  }

  @Test
  void worksFromAnotherFolderAndThroughALink() throws Exception {
    jdk("jdk-25", "25.0.3");
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path link =
        Files.createSymbolicLink(elsewhere.resolve("m"), Path.of("..", "a checkout", "mneme"));
    Outcome outcome = finish(start(Map.of(), elsewhere, List.of(link.toString())));
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("in " + elsewhere + "\n")
        .contains(checkout.resolve("app/target/mneme/lib").toString());
  }

  @Test
  void buildsOnceAndAgainWhenASourceChangedOrWentAway() throws Exception {
    jdk("jdk-25", "25.0.3");
    assertThat(run(Map.of()).err()).contains("building").contains("built in");
    Outcome second = run(Map.of());
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);

    Path source = checkout.resolve("core/src/main/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    run(Map.of());
    assertThat(builds()).isEqualTo(2);

    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    run(Map.of());
    int before = builds();
    Files.delete(checkout.resolve("app/src/main/A.java"));
    run(Map.of());
    assertThat(builds()).isEqualTo(before + 1);
  }

  @Test
  void showsWhatWentWrongInABuildAndRunsNothing() throws Exception {
    jdk("jdk-25", "25.0.3");
    maven("echo '[INFO] much talk'; echo '[ERROR] A.java: does not compile'; exit 1");
    Outcome outcome = run(Map.of());
    assertThat(outcome.status()).isEqualTo(BUILD_FAILED);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("[ERROR] A.java: does not compile", "target/launcher/build.log")
        .doesNotContain("much talk");
    assertThat(checkout.resolve("target/launcher/lock")).doesNotExist();
    run(Map.of());
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void showsTheEndOfTheLogWhereMavenNamesNoError() throws Exception {
    jdk("jdk-25", "25.0.3");
    maven("echo 'no memory for a virtual machine'; exit 1");
    Outcome outcome = run(Map.of());
    assertThat(outcome.status()).isEqualTo(BUILD_FAILED);
    assertThat(outcome.err())
        .contains("no memory for a virtual machine")
        .doesNotContain("can't read", "No such file");
  }

  @Test
  void sparkIsBuiltAndStartedOnlyWhereSomebodyAsksForIt() throws Exception {
    jdk("jdk-25", "25.0.3");
    maven(
        """
        echo "$@" > '%s'
        mkdir -p app/target/mneme/modules spark/target/spark-home/jars
        echo > app/target/mneme/modules/mneme-app.jar
        echo ours > spark/target/spark-home/jars/mneme-app.jar
        echo theirs > spark/target/spark-home/jars/spark-core.jar
        """
            .formatted(folder.resolve("asked")));
    Files.createDirectories(checkout.resolve("spark/src/main"));
    Files.writeString(checkout.resolve("spark/pom.xml"), "");

    Outcome base = run(Map.of(), "run", "spark", "--executor", "local", "--experiment", "spark");
    assertThat(folder.resolve("asked")).content().contains("-pl app -am");
    assertThat(base.out()).contains("[--module]").contains("SPARK_HOME=\n");

    Outcome spark = run(Map.of(), "run", "x.yaml", "--executor", "spark");
    assertThat(folder.resolve("asked")).content().contains("-pl spark -am");
    assertThat(spark.status()).isZero();
    assertThat(spark.out())
        .doesNotContain("[--module]")
        .contains("[@" + checkout.resolve("spark/java-options") + "]")
        .contains("SPARK_LOCAL_IP=127.0.0.1\n")
        .endsWith("[dev.mneme.app.Mneme]\n[run]\n[x.yaml]\n[--executor]\n[spark]\n");
    String home =
        spark.out().lines().filter(line -> line.startsWith("SPARK_HOME=")).findFirst().orElse("");
    Path jars = Path.of(home.substring(home.indexOf('=') + 1), "jars");
    assertThat(jars).isDirectoryContaining("glob:**/mneme-app.jar");
    // a later build must not change the jars of a program that runs
    Files.writeString(checkout.resolve("spark/target/spark-home/jars/mneme-app.jar"), "newer");
    assertThat(jars.resolve("mneme-app.jar")).content().isEqualTo("ours\n");
    assertThat(builds()).isEqualTo(2);

    assertThat(run(Map.of("SPARK_LOCAL_IP", "10.1.2.3"), "run", "--executor=spark").out())
        .contains("SPARK_LOCAL_IP=10.1.2.3\n")
        .contains("assembled-jar=" + checkout.resolve("spark/target/mneme-spark.jar") + "]");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void libtorchIsBuiltAndStartedOnlyWhereSomebodyAsksForIt() throws Exception {
    jdk("jdk-25", "25.0.3");
    maven(
        """
        echo "$@" > '%s'
        mkdir -p app/target/mneme/modules torch/target/mneme/modules torch/target/mneme-cuda/modules
        for folder in app/target/mneme torch/target/mneme torch/target/mneme-cuda; do
          echo > $folder/modules/mneme-app.jar
        done
        """
            .formatted(folder.resolve("asked")));
    Files.createDirectories(checkout.resolve("torch/src/main"));
    Files.writeString(checkout.resolve("torch/pom.xml"), "");

    Outcome base = run(Map.of(), "capacity", "torch", "--engine", "vector", "--device", "cuda");
    assertThat(folder.resolve("asked")).content().contains("-pl app -am").doesNotContain("-P");
    assertThat(base.out()).contains("[--module]");

    Outcome torch = run(Map.of(), "capacity", "--engine", "torch");
    assertThat(folder.resolve("asked")).content().contains("-Ptorch -pl torch -am");
    assertThat(torch.status()).isZero();
    assertThat(torch.out())
        .doesNotContain("[--module]")
        .contains("[@" + checkout.resolve("torch/java-options") + "]")
        .contains(checkout.resolve("torch/target/mneme/lib") + "/*]")
        .endsWith("[dev.mneme.app.Mneme]\n[capacity]\n[--engine]\n[torch]\n");
    assertThat(builds()).isEqualTo(2);

    Outcome cuda = run(Map.of(), "run", "--device=cuda:1", "--engine=torch");
    assertThat(folder.resolve("asked")).content().contains("-Ptorch,torch-cuda -pl torch -am");
    assertThat(cuda.out()).contains(checkout.resolve("torch/target/mneme-cuda/lib") + "/*]");
    run(Map.of(), "run", "--engine", "torch", "--device", "cpu");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    jdk("jdk-25", "25.0.3");
    Files.delete(bin.resolve("mvn"));
    Outcome outcome = run(Map.of());
    assertThat(outcome.status()).isEqualTo(UNAVAILABLE);
    assertThat(outcome.err()).contains("Maven (mvn) is not on the PATH", "apt install maven");
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    jdk("jdk-25", "25.0.3");
    maven(
        "sleep 1; sleep 1; sleep 1; mkdir -p app/target/mneme/modules; echo >"
            + " app/target/mneme/modules/a.jar");
    List<Process> started = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      started.add(start(Map.of(), checkout, List.of("./mneme")));
    }
    for (Process process : started) {
      assertThat(finish(process).status()).isZero();
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void takesOverALockThatADeadProcessLeft() throws Exception {
    jdk("jdk-25", "25.0.3");
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = Files.createDirectories(checkout.resolve("target/launcher")).resolve("lock");
    Files.createSymbolicLink(lock, Path.of(String.valueOf(dead.pid())));
    assertThat(run(Map.of()).status()).isZero();
    assertThat(lock).doesNotExist();
  }

  /// A JDK whose java says which one it is, where it was started and with what.
  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(jdks.resolve(name).resolve("bin")).getParent().normalize();
    script(
        home.resolve("bin/java"),
        """
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit; fi
        echo "java of %s"
        echo "in $(pwd)"
        echo "SPARK_HOME=$SPARK_HOME"
        echo "SPARK_LOCAL_IP=$SPARK_LOCAL_IP"
        printf '[%%s]\\n' "$@"
        exit ${FAKE_STATUS:-0}
        """
            .formatted(version, home.getFileName()));
    script(home.resolve("bin/javac"), "");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private void maven(String commands) throws IOException {
    script(bin.resolve("mvn"), "echo x >> '" + folder.resolve("builds") + "'\n" + commands);
  }

  /// How often Maven was called.
  private int builds() throws IOException {
    Path log = folder.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  private static void script(Path path, String commands) throws IOException {
    Files.writeString(path, "#!/bin/sh\n" + commands + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./mneme"));
    command.addAll(List.of(arguments));
    return finish(start(environment, checkout, command));
  }

  private Process start(Map<String, String> environment, Path directory, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(new TreeMap<>(environment));
    builder.environment().put("PATH", bin + ":" + tools());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("MNEME_JAVA_FOLDERS", folder.resolve("none") + ":" + jdks);
    return builder.start();
  }

  /// The system's tools without its java and mvn.
  private Path tools() throws IOException {
    Path tools = folder.resolve("tools");
    if (Files.notExists(tools)) {
      Files.createDirectories(tools);
      List<String> names =
          List.of(
              "sh",
              "cat",
              "cp",
              "date",
              "find",
              "grep",
              "head",
              "ln",
              "mkdir",
              "mv",
              "readlink",
              "rm",
              "sed",
              "sleep",
              "tail",
              "touch");
      for (String name : names) {
        for (String place : List.of("/bin", "/usr/bin")) {
          Path tool = Path.of(place, name);
          if (Files.exists(tool)) {
            String arguments = name.equals("sleep") ? "0.1" : "\"$@\""; // nobody waits for seconds
            script(tools.resolve(name), "exec " + tool + " " + arguments);
            break;
          }
        }
      }
    }
    return tools;
  }

  private static Outcome finish(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the launcher ends").isTrue();
    return new Outcome(process.exitValue(), out, err);
  }
}
