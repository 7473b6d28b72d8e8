package dev.mneme.spark;

import dev.mneme.experiment.ExecutorProvider;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/// Offers [SparkExecutor] under the name `spark`.
///
/// Settings that are there already, such as those of `spark-submit`, win over what is set here.
public final class SparkExecutorProvider implements ExecutorProvider {
  /// Set to `true` where all workers see the store's folder under the same path, so that trials can
  /// leave their checkpoints there. Always so with masters that begin with `local`.
  public static final String SHARED_CHECKPOINTS = "spark.mneme.sharedCheckpoints";

  private static final Pattern MASTER =
      Pattern.compile(
          "local|local\\[(\\d+|\\*)(,\\d+)?]|local-cluster\\[\\d+,\\d+,\\d+]"
              + "|spark://[^/\\s]+:\\d+(,[^/\\s]+:\\d+)*|yarn|k8s://\\S+");
  private static final String LOOPBACK = "127.0.0.1";

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public TrialExecutor open(Request request) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.master", request.master());
    String master = conf.get("spark.master");
    boolean local = master.startsWith("local");
    requirePossible(request, master);
    conf.setIfMissing("spark.app.name", "Mneme");
    conf.setIfMissing("spark.ui.enabled", "false"); // a web server that nobody asked for
    conf.setIfMissing("spark.task.maxFailures", "8");
    if (local) {
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      // the worker that Spark starts here would otherwise take whatever JAVA_HOME says
      conf.setIfMissing("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    }
    if (request.gpusPerTrial() > 0) {
      String amount = String.valueOf(request.gpusPerTrial());
      conf.setIfMissing("spark.executor.resource.gpu.amount", amount);
      conf.setIfMissing("spark.task.resource.gpu.amount", amount);
    }
    boolean shared = local || conf.getBoolean(SHARED_CHECKPOINTS, false);
    JavaSparkContext context = new JavaSparkContext(conf);
    return new SparkExecutor(
        context,
        TrialTask.of(
            request.engine(),
            shared ? Optional.of(request.checkpointFolder()) : Optional.empty(),
            request.checkpointEvery()));
  }

  private static void requirePossible(Request request, String master) {
    List<Problem> problems = new ArrayList<>();
    if (!MASTER.matcher(master).matches()) {
      problems.add(
          new Problem(
              "master",
              master,
              "local[*], local[N], local-cluster[WORKERS,CORES,MIB], spark://HOST:PORT, yarn or"
                  + " k8s://URL",
              "local[*] runs on the processors of this machine."));
    }
    if (request.gpusPerTrial() > 0 && (master.equals("local") || master.startsWith("local["))) {
      problems.add(
          new Problem(
              "gpus-per-trial",
              request.gpusPerTrial() + " on master " + master,
              "a master whose workers announce GPUs",
              "Spark schedules GPUs on a cluster only, see docs/spark.md."));
    }
    if (master.startsWith("local-cluster") && !hasHome()) {
      problems.add(
          new Problem(
              "SPARK_HOME",
              String.valueOf(System.getenv("SPARK_HOME")),
              "a folder with Spark's and Mneme's jars in jars, for the workers",
              "./mneme --executor spark sets it; the build lays it out as"
                  + " spark/target/spark-home."));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }

  private static boolean hasHome() {
    String home = System.getenv("SPARK_HOME");
    return home != null && Files.isDirectory(Path.of(home, "jars"));
  }
}
