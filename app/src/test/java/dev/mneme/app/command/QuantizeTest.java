package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.app.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuantizeTest {
  @TempDir Path folder;

  @Test
  void aRoundedModelRemembersLess() throws IOException {
    SavedModels.of(folder);
    List<String> models;
    try (Stream<Path> paths = Files.list(folder.resolve("run/models"))) {
      models = paths.map(path -> folder.relativize(path).toString()).sorted().toList();
    }
    assertThat(models).hasSize(2);

    Invocation json = Invocation.of(folder, "quantize", models.get(0), models.get(1), "--json");
    assertThat(json.status()).isEqualTo(ExitStatus.OK);
    JsonNode result = JsonMapper.shared().readTree(json.out());
    assertThat(result.path("format").asString()).isEqualTo("mneme-quantization/1");
    JsonNode peak =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("run/report.json")))
            .path("models")
            .path(0)
            .path("peak");
    assertThat(result.path("models").size()).isEqualTo(2);
    double mean = 0;
    for (JsonNode model : result.path("models")) {
      JsonNode curve = model.path("curve");
      assertThat(curve.size()).isEqualTo(8);
      double full = curve.path(0).path("netBits").asDouble();
      mean += full / 2;
      assertThat(full).isPositive();
      assertThat(curve.path(1).path("netBits").asDouble()).isBetween(0.98 * full, 1.02 * full);
      assertThat(curve.path(2).path("netBits").asDouble()).isBetween(0.9 * full, 1.1 * full);
      assertThat(curve.path(7).path("netBits").asDouble()).isLessThan(0.7 * full);
      assertThat(curve.path(0).path("storedBitsPerParameter").asDouble()).isEqualTo(32);
    }
    assertThat(mean).isCloseTo(peak.path("netBits").path("mean").asDouble(), within(1e-6 * mean));

    Invocation table = Invocation.of(folder, "quantize", models.get(0), "--format", "fp32,ternary");
    assertThat(table.status()).isEqualTo(ExitStatus.OK);
    assertThat(table.out())
        .contains("memorized, bits/param", "ternary", "100")
        .doesNotContain("int8");
  }

  @Test
  void mistakesAreReportedTogether() {
    Invocation run = Invocation.of(folder, "quantize", "nowhere", "--format", "int5");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err())
        .contains("int5", "ternary", "--sequences", "1x32-N500-seed1", "no such file or folder")
        .doesNotContain("Exception");
  }
}
