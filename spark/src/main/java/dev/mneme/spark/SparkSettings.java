package dev.mneme.spark;

import dev.mneme.experiment.ExecutorProvider.Request;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;

/// How Spark is set for a request. What spark-submit, or a system property of the form `spark.…`,
/// says already is left as it is, except where it could spoil checkpoints.
///
/// @param conf complete
/// @param master as in `conf`
record SparkSettings(SparkConf conf, SparkMaster master) {
  /// System property with the path of the assembled jar, for workers of a cluster that this program
  /// joins without spark-submit.
  static final String ASSEMBLED_JAR = "mneme.spark.assembled-jar";

  private static final String LOOPBACK = "127.0.0.1";

  /// Works the settings out.
  ///
  /// @param environment of this process
  /// @param properties system properties of this process
  /// @throws InvalidConfigurationException naming every reason why not
  static SparkSettings of(
      Request request, Map<String, String> environment, Map<String, String> properties) {
    List<Problem> problems = new ArrayList<>();
    boolean submitted = "true".equals(properties.get("SPARK_SUBMIT"));
    Optional<String> submittedTo =
        submitted ? Optional.ofNullable(properties.get("spark.master")) : Optional.empty();
    String url = submittedTo.or(request::master).orElse("local[*]");
    if (submittedTo.isPresent() && request.master().filter(own -> !own.equals(url)).isPresent()) {
      problems.add(
          new Problem(
              "master",
              request.master().get() + " under spark-submit --master " + url,
              "one master",
              "Leave Mneme's out; the one given to spark-submit holds."));
    }
    Optional<SparkMaster> master = SparkMaster.parse(url);
    if (master.isEmpty()) {
      problems.add(
          new Problem("master", url, SparkMaster.FORMS, "See docs/spark.md for each of them."));
      throw new InvalidConfigurationException(problems);
    }
    SparkConf conf = new SparkConf(false);
    properties.forEach((name, value) -> {
      if (name.startsWith("spark.")) {
        conf.set(name, value);
      }
    });
    conf.setMaster(url);
    common(conf);
    switch (master.get()) {
      case SparkMaster.Local local -> onThisMachine(conf);
      case SparkMaster.LocalCluster cluster -> {
        onThisMachine(conf);
        localCluster(conf, cluster, environment, properties, problems);
      }
      case SparkMaster.Standalone cluster when submitted -> {}
      case SparkMaster.Standalone cluster -> join(conf, properties, problems);
      case SparkMaster.Managed cluster when submitted -> {}
      case SparkMaster.Managed cluster ->
          problems.add(
              new Problem(
                  "master",
                  url,
                  SparkMaster.FORMS,
                  "Give the assembled jar to that cluster's own spark-submit, see docs/spark.md."));
    }
    gpus(conf, request.gpusPerTrial(), master.get(), url, problems);
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
    return new SparkSettings(conf, master.get());
  }

  private static void common(SparkConf conf) {
    conf.setIfMissing("spark.app.name", "mneme");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.task.maxFailures", "4");
    // bounded by the trials themselves: one task a job, and its answer is as large as its data set
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    // trials hardly allocate once warm; collector threads would only take processors from them
    conf.setIfMissing("spark.executor.extraJavaOptions", "-XX:+UseSerialGC");
    // two copies of one trial at the same time would write the same checkpoint
    conf.set("spark.speculation", "false");
  }

  /// Nothing is to be reached from outside, and progress costs no network.
  private static void onThisMachine(SparkConf conf) {
    conf.setIfMissing("spark.driver.host", LOOPBACK);
    conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
    conf.setIfMissing("spark.executor.heartbeatInterval", "1s");
  }

  private static void localCluster(
      SparkConf conf,
      SparkMaster.LocalCluster cluster,
      Map<String, String> environment,
      Map<String, String> properties,
      List<Problem> problems) {
    String home = environment.getOrDefault("SPARK_HOME", "");
    if (home.isEmpty() || !Files.isDirectory(Path.of(home, "jars"))) {
      problems.add(
          new Problem(
              "SPARK_HOME",
              home.isEmpty() ? "nothing" : home + ", which holds no folder jars",
              "a Spark home, from which local-cluster starts its workers' processes",
              "./mneme sets it to the one that the build lays out, spark/target/spark-home."));
    }
    String address = environment.getOrDefault("SPARK_LOCAL_IP", "");
    if (address.isEmpty()) {
      problems.add(
          new Problem(
              "SPARK_LOCAL_IP",
              "nothing",
              LOOPBACK,
              "Without it Spark opens its workers' pages to the network; ./mneme sets it."));
    }
    conf.setIfMissing("spark.executor.memory", cluster.mebibytes() + "m");
    conf.setExecutorEnv("SPARK_SCALA_VERSION", "2.13");
    conf.setExecutorEnv("JAVA_HOME", properties.getOrDefault("java.home", ""));
  }

  private static void join(SparkConf conf, Map<String, String> properties, List<Problem> problems) {
    String jar = properties.getOrDefault(ASSEMBLED_JAR, "");
    if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
      problems.add(
          new Problem(
              "master",
              "a cluster, but no jar to give it" + (jar.isEmpty() ? "" : " at " + jar),
              "the assembled jar, for the cluster's workers",
              "Start with ./mneme, which builds it, or with spark-submit, see docs/spark.md."));
      return;
    }
    conf.setIfMissing("spark.jars", jar);
  }

  private static void gpus(
      SparkConf conf, int gpus, SparkMaster master, String url, List<Problem> problems) {
    if (gpus == 0) {
      return;
    }
    if (master instanceof SparkMaster.Local) {
      problems.add(
          new Problem(
              "gpus-per-trial",
              gpus + " with master " + url,
              "a master that hands out GPUs: local-cluster, a standalone cluster, YARN, Kubernetes",
              "Threads of one process share its devices; see docs/spark.md for one worker on this"
                  + " machine."));
      return;
    }
    conf.set("spark.task.resource.gpu.amount", String.valueOf(gpus));
    conf.setIfMissing("spark.executor.resource.gpu.amount", String.valueOf(gpus));
  }
}
