package dev.mneme.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// The version of this library, which the build writes into `version.properties` beside this class.
/// (A module descriptor would not do: on a class path, as under Spark, nobody reads it.)
public final class MnemeVersion {
  private MnemeVersion() {}

  /// Such as `0.1.0`.
  public static String read() {
    Properties properties = new Properties();
    try (InputStream in = MnemeVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing beside MnemeVersion");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("version.properties cannot be read", e);
    }
    return properties.getProperty("version", "");
  }
}
