package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/// The options of a driver's virtual machine are in one file, which follows Spark.
class JavaOptionsTest {
  @Test
  void theFileHasWhatSparkAsksForAsFarAsThisJavaHasIt() throws IOException {
    List<String> spark =
        Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
            .filter(JavaOptionsTest::concernsThisJava)
            .toList();
    List<String> ours =
        Files.readAllLines(Path.of("java-options")).stream()
            .filter(line -> line.startsWith("-") && !line.contains("slf4j"))
            .toList();
    assertThat(ours).containsExactlyElementsOf(spark);
    assertThat(spark).hasSizeGreaterThan(15);
  }

  /// Opening a package that is gone makes the virtual machine print a warning.
  private static boolean concernsThisJava(String option) {
    if (!option.startsWith("--add-opens=")) {
      return true;
    }
    String[] name = option.substring("--add-opens=".length()).split("[/=]");
    return ModuleLayer.boot().findModule(name[0]).orElseThrow().getPackages().contains(name[1]);
  }
}
