package dev.mneme.app.config;

import java.util.Locale;

/// Where trials may run.
public enum ExecutorName {
  /// Threads of this program.
  LOCAL,
  /// Tasks of Apache Spark, from the module `spark`.
  SPARK;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
