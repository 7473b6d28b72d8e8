package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.experiment.ExecutorProvider.Request;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkSettingsTest {
  private static final String JAR = "mneme.spark.assembled-jar";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  private SparkSettings settings(String master, int gpus) {
    return SparkSettings.of(request(Optional.of(master), gpus), environment, properties);
  }

  private Request request(Optional<String> master, int gpus) {
    return new Request(
        new ReferenceEngine().identity(), master, gpus, folder, Duration.ofMinutes(1));
  }

  private List<Problem> problems(String master, int gpus) {
    try {
      settings(master, gpus);
      return List.of();
    } catch (InvalidConfigurationException e) {
      return e.problems();
    }
  }

  private void submittedTo(String master) {
    properties.put("SPARK_SUBMIT", "true");
    properties.put("spark.master", master);
  }

  @Test
  void aMasterOfThisMachineStaysOnLoopbackWithoutPages() {
    SparkSettings settings = settings("local[*]", 0);
    assertThat(settings.master()).isEqualTo(new SparkMaster.Local());
    assertThat(settings.conf().get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(settings.conf().get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(settings.conf().get("spark.ui.enabled")).isEqualTo("false");
  }

  @Test
  void withoutAMasterItIsThisMachineOrThatOfSparkSubmit() {
    assertThat(
            SparkSettings.of(request(Optional.empty(), 0), environment, properties)
                .conf()
                .get("spark.master"))
        .isEqualTo("local[*]");
    submittedTo("yarn");
    assertThat(
            SparkSettings.of(request(Optional.empty(), 0), environment, properties)
                .conf()
                .get("spark.master"))
        .isEqualTo("yarn");
  }

  @Test
  void whatIsSetAlreadyStays() {
    properties.put("spark.task.maxFailures", "9");
    properties.put("spark.ui.enabled", "true");
    properties.put("spark.speculation", "true");
    SparkSettings settings = settings("local[2]", 0);
    assertThat(settings.conf().get("spark.task.maxFailures")).isEqualTo("9");
    assertThat(settings.conf().get("spark.ui.enabled")).isEqualTo("true");
    assertThat(settings.conf().get("spark.speculation"))
        .as("two copies of a trial would write one checkpoint")
        .isEqualTo("false");
  }

  @Test
  void sparkSubmitHasTheLastWordOnTheMaster() {
    submittedTo("spark://one:7077");
    assertThat(settings("spark://one:7077", 0).conf().contains("spark.jars")).isFalse();
    assertThat(problems("spark://other:7077", 0))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.given())
                .isEqualTo("spark://other:7077 under spark-submit --master spark://one:7077"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local[",
        "local[0]",
        "localhost",
        "spark:/host:7077",
        "spark://host",
        "spark://host:99999",
        "spark://host:1,",
        "local-cluster[2,1]",
        "local-cluster[0,1,1024]",
        "mesos://host:5050",
        ""
      })
  void aMasterThatIsNoneIsNamedWithThoseThatAre(String master) {
    assertThat(problems(master, 0))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo("master");
          assertThat(problem.given()).isEqualTo(master);
          assertThat(problem.expected()).contains("local[*]", "spark://HOST:PORT");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host:6443"})
  void clustersThatStartSparkThemselvesNeedSparkSubmit(String master) {
    assertThat(problems(master, 0))
        .singleElement()
        .satisfies(problem -> assertThat(problem.hint()).contains("spark-submit"));
    submittedTo(master);
    assertThat(problems(master, 1)).isEmpty();
  }

  @Test
  void localClusterNeedsAHomeAndAnAddressAndSaysBothAtOnce() throws IOException {
    environment.put("SPARK_HOME", folder.toString());
    assertThat(problems("local-cluster[2,1,700]", 0))
        .extracting(Problem::field)
        .containsExactly("SPARK_HOME", "SPARK_LOCAL_IP");
    Files.createDirectories(folder.resolve("jars"));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    properties.put("java.home", "/the/jdk");
    SparkSettings settings = settings("local-cluster[2,1,700]", 0);
    assertThat(settings.conf().get("spark.executor.memory")).isEqualTo("700m");
    assertThat(settings.conf().get("spark.executorEnv.JAVA_HOME")).isEqualTo("/the/jdk");
  }

  @Test
  void gpusAreAskedForOfMastersThatHaveThem() {
    assertThat(problems("local[2]", 2))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.field()).isEqualTo("gpus-per-trial");
          assertThat(problem.given()).isEqualTo("2 with master local[2]");
        });
    submittedTo("spark://host:7077");
    properties.put("spark.executor.resource.gpu.amount", "4");
    SparkSettings settings = settings("spark://host:7077", 2);
    assertThat(settings.conf().get("spark.task.resource.gpu.amount")).isEqualTo("2");
    assertThat(settings.conf().get("spark.executor.resource.gpu.amount")).isEqualTo("4");
    assertThat(settings("spark://host:7077", 0).conf().contains("spark.task.resource.gpu.amount"))
        .isFalse();
  }

  @Test
  void aClusterIsGivenTheAssembledJar() throws IOException {
    assertThat(problems("spark://host:7077", 0))
        .singleElement()
        .satisfies(problem -> assertThat(problem.expected()).contains("assembled jar"));
    Path jar = Files.writeString(folder.resolve("mneme.jar"), "");
    properties.put(JAR, jar.toString());
    SparkSettings settings = settings("spark://one:7077,two:7078", 0);
    assertThat(settings.conf().get("spark.jars")).isEqualTo(jar.toString());
    assertThat(settings.master())
        .isEqualTo(
            new SparkMaster.Standalone(
                List.of(
                    InetSocketAddress.createUnresolved("one", 7077),
                    InetSocketAddress.createUnresolved("two", 7078))));
  }

  @Test
  void aMasterThatDoesNotAnswerIsSaidBeforeSparkStarts() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    } // and nobody is there any more
    String master = "spark://127.0.0.1:" + port;
    Path jar = Files.writeString(folder.resolve("mneme.jar"), "");
    System.setProperty(JAR, jar.toString());
    try {
      assertThatThrownBy(() -> new SparkExecutorProvider().open(request(Optional.of(master), 0)))
          .isInstanceOfSatisfying(
              InvalidConfigurationException.class,
              e ->
                  assertThat(e.problems())
                      .singleElement()
                      .satisfies(problem -> {
                        assertThat(problem.given()).contains("127.0.0.1").contains("" + port);
                        assertThat(problem.expected()).isEqualTo("a Spark master that answers");
                      }));
    } finally {
      System.clearProperty(JAR);
    }
  }
}
