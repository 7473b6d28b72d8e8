package dev.mneme.spark;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where Spark runs, read from Spark's own notation.
sealed interface SparkMaster {
  /// Threads of this process: `local`, `local[2]`, `local[*]`.
  record Local() implements SparkMaster {}

  /// Processes of this machine: `local-cluster[workers,processors,MiB]`.
  ///
  /// @param mebibytes memory of each worker
  record LocalCluster(int mebibytes) implements SparkMaster {}

  /// A standalone cluster: `spark://host:port`, perhaps several with commas.
  ///
  /// @param addresses at least one
  record Standalone(List<InetSocketAddress> addresses) implements SparkMaster {
    public Standalone {
      addresses = List.copyOf(addresses);
    }
  }

  /// A cluster that starts Spark itself: `yarn`, `k8s://…`.
  record Managed() implements SparkMaster {}

  /// The forms that are read.
  String FORMS = "local[*], local[N], local-cluster[WORKERS,PROCESSORS,MiB] or spark://HOST:PORT";

  /// Reads a master; empty where it is none.
  static Optional<SparkMaster> parse(String text) {
    Matcher cluster = Patterns.LOCAL_CLUSTER.matcher(text);
    if (Patterns.LOCAL.matcher(text).matches()) {
      return Optional.of(new Local());
    }
    if (cluster.matches()) {
      return Optional.of(new LocalCluster(Integer.parseInt(cluster.group(1))));
    }
    if (text.equals("yarn") || text.startsWith("k8s://")) {
      return Optional.of(new Managed());
    }
    if (text.startsWith("spark://")) {
      List<InetSocketAddress> addresses = new ArrayList<>();
      for (String one : text.substring("spark://".length()).split(",", -1)) {
        Matcher address = Patterns.ADDRESS.matcher(one);
        if (!address.matches() || Integer.parseInt(address.group(2)) > 65535) {
          return Optional.empty();
        }
        addresses.add(
            InetSocketAddress.createUnresolved(
                address.group(1), Integer.parseInt(address.group(2))));
      }
      return Optional.of(new Standalone(addresses));
    }
    return Optional.empty();
  }

  /// How Spark writes them.
  final class Patterns {
    private static final Pattern LOCAL =
        Pattern.compile("local|local\\[(?:[1-9]\\d{0,5}|\\*)(?:\\s*,\\s*\\d{1,6})?]");
    private static final Pattern LOCAL_CLUSTER =
        Pattern.compile(
            "local-cluster\\[\\s*[1-9]\\d{0,3}\\s*,\\s*[1-9]\\d{0,3}\\s*,\\s*([1-9]\\d{0,8})\\s*]");
    private static final Pattern ADDRESS = Pattern.compile("([^:,\\s]+):([1-9]\\d{0,4})");

    private Patterns() {}
  }
}
