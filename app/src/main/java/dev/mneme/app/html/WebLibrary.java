package dev.mneme.app.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// Apache ECharts out of its WebJar.
final class WebLibrary {
  private static final String PROPERTIES = "META-INF/maven/org.webjars/echarts/pom.properties";
  private static final String SCRIPT = "META-INF/resources/webjars/echarts/%s/echarts.min.js";

  private WebLibrary() {}

  /// The minified script, which stands in the page as it is.
  static String echarts() {
    return read(SCRIPT.formatted(version())).strip();
  }

  /// Such as `5.5.0`.
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = open(PROPERTIES)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static String read(String name) {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `META-INF` is no package, so a class loader finds it in any module.
  private static InputStream open(String name) throws IOException {
    InputStream in = WebLibrary.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the library of charts is not installed: " + name);
    }
    return in;
  }
}
