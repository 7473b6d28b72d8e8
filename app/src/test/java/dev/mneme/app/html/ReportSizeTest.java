package dev.mneme.app.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.report.MadeUpTextReports;
import dev.mneme.text.TextReportJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However much was measured, the page stays small.
class ReportSizeTest {
  private static final int MOST_BYTES = 10_000_000;

  @TempDir Path folder;

  private static byte[] bytes(Report report) {
    return ReportPage.write(report).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void fiveHundredTrialsOnRandomTokens() {
    // 24 models on 7 sizes with 3 seeds
    StoreContents store =
        MadeUpStores.of("many", IntStream.rangeClosed(1, 24).map(i -> 4 * i).boxed().toList(), 3);
    assertThat(store.finished()).hasSizeGreaterThan(500);
    assertThat(bytes(StoreReport.of(store))).hasSizeLessThan(MOST_BYTES);
  }

  @Test
  void aHundredThousandScoresOfSingleSequences() throws Exception {
    Files.writeString(
        folder.resolve("report.json"),
        TextReportJson.write(
            MadeUpTextReports.of(List.of(8, 16), List.of(500, 5000, 50_000), List.of(1L)),
            sample -> MadeUpTextReports.pieces("text")));
    assertThat(bytes(RunReport.read(folder, "many scores"))).hasSizeLessThan(MOST_BYTES);
  }
}
