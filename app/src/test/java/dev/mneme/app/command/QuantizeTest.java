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
  void theReportOfTheRunShowsIt() throws IOException {
    SavedModels.of(folder);
    List<String> arguments = new java.util.ArrayList<>(List.of("quantize"));
    try (Stream<Path> paths = Files.list(folder.resolve("run/models"))) {
      paths.map(path -> folder.relativize(path).toString()).sorted().forEach(arguments::add);
    }
    arguments.addAll(List.of("-o", "run/quantization.json", "-q"));
    Invocation run = Invocation.of(folder, arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.OK);
    JsonNode measured =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("run/quantization.json")));
    Invocation again = Invocation.of(folder, arguments.toArray(String[]::new));
    assertThat(again.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(again.err()).contains("which is there");

    assertThat(Invocation.of(folder, "report", "run", "-q").status()).isEqualTo(ExitStatus.OK);
    JsonNode section = last("report.json");
    assertThat(section.required("id").asString()).isEqualTo("quantization");
    JsonNode points = section.at("/blocks/0/series/0/points");
    // what is far below 0 is in the table alone
    assertThat(points.size()).isBetween(4, 8);
    // the widest is last; its mean and interval are over the two seeds
    JsonNode full = points.get(points.size() - 1);
    assertThat(full.get(0).asDouble()).isEqualTo(32);
    assertThat(full.get(1).asDouble())
        .isCloseTo(
            (measured.at("/models/0/curve/0/netBitsPerParameter").asDouble()
                    + measured.at("/models/1/curve/0/netBitsPerParameter").asDouble())
                / 2,
            within(1e-12));
    assertThat(full.get(1).asDouble()).isBetween(full.get(2).asDouble(), full.get(3).asDouble());
    assertThat(section.at("/blocks/1/rows").size()).isEqualTo(8);

    // of another report where it is named
    Files.move(folder.resolve("run/quantization.json"), folder.resolve("rounded.json"));
    assertThat(Invocation.of(folder, "report", "run", "-q").status()).isEqualTo(ExitStatus.OK);
    assertThat(last("report.json").required("id").asString()).isNotEqualTo("quantization");
    Invocation named =
        Invocation.of(folder, "report", "run", "-q", "--quantization", "rounded.json");
    assertThat(named.status()).as(named.err()).isEqualTo(ExitStatus.OK);
    assertThat(last("report.json").required("id").asString()).isEqualTo("quantization");
    Files.writeString(folder.resolve("run/quantization.json"), "{");
    Invocation broken = Invocation.of(folder, "report", "run", "-q");
    assertThat(broken.status()).as(broken.err()).isEqualTo(ExitStatus.OK);
    assertThat(Files.readString(folder.resolve("report.json"))).contains("cannot be read");
    Invocation other = Invocation.of(folder, "report", "run", "--quantization", "run/report.json");
    assertThat(other.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(other.err()).contains("mneme quantize wrote").doesNotContain("Exception");
  }

  private JsonNode last(String report) throws IOException {
    JsonNode sections =
        JsonMapper.shared().readTree(Files.readString(folder.resolve(report))).required("sections");
    return sections.get(sections.size() - 1);
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
