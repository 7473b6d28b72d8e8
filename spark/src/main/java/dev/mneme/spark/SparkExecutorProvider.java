package dev.mneme.spark;

import dev.mneme.experiment.EngineCatalog;
import dev.mneme.experiment.ExecutorProvider;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/// Offers [SparkExecutor] under the name `spark`.
public final class SparkExecutorProvider implements ExecutorProvider {
  private static final int CONNECTION_MILLISECONDS = 5000;

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public TrialExecutor open(Request request) {
    EngineCatalog.of(request.engine()); // before anything is started
    SparkSettings settings = SparkSettings.of(request, System.getenv(), systemProperties());
    if (settings.master() instanceof SparkMaster.Standalone cluster) {
      settings.conf().setIfMissing("spark.driver.host", addressTowards(cluster));
    }
    JavaSparkContext context = new JavaSparkContext(settings.conf());
    try {
      CheckpointFolder folder =
          CheckpointFolder.open(
              request.checkpointFolder(), context.sc().applicationId(), request.checkpointEvery());
      return new SparkExecutor(context, request.engine(), folder);
    } catch (RuntimeException | Error e) {
      context.close();
      throw e;
    }
  }

  private static Map<String, String> systemProperties() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return properties;
  }

  /// This machine's address as workers beside a master reach it. Asks the master for a connection
  /// first, since Spark itself would try for a minute and end in a stack trace.
  private static String addressTowards(SparkMaster.Standalone cluster) {
    String trouble = "";
    for (InetSocketAddress unresolved : cluster.addresses()) {
      InetSocketAddress address =
          new InetSocketAddress(unresolved.getHostString(), unresolved.getPort());
      try (Socket socket = new Socket()) {
        socket.connect(address, CONNECTION_MILLISECONDS);
        return socket.getLocalAddress().getHostAddress();
      } catch (IOException e) {
        trouble =
            unresolved.getHostString() + ":" + unresolved.getPort() + " (" + e.getMessage() + ")";
      }
    }
    throw new InvalidConfigurationException(
        List.of(
            new Problem(
                "master",
                trouble,
                "a Spark master that answers",
                "Check that it runs and that host and port are right.")));
  }
}
