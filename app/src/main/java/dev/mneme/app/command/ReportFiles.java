package dev.mneme.app.command;

import dev.mneme.app.config.UsageException;
import dev.mneme.app.html.Report;
import dev.mneme.app.html.ReportJson;
import dev.mneme.app.html.ReportPage;
import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The two files of a report. They replace an earlier report and nothing else, so that neither the
/// `report.json` of a run folder nor anybody's page is lost.
///
/// @param page for people
/// @param twin the same for programs, beside it
record ReportFiles(Path page, Path twin) {
  private static final int BEGINNING = 4096;

  /// Where the output goes.
  ///
  /// @throws UsageException where the name is no page's, or something else is there
  static ReportFiles at(Path folder, Path output) {
    Path page = folder.resolve(output).toAbsolutePath().normalize();
    String name = String.valueOf(page.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    int end = lower.endsWith(".html") ? 5 : lower.endsWith(".htm") ? 4 : 0;
    if (end == 0 || name.length() == end) {
      throw new UsageException(
          "-o", output.toString(), "a file name ending in .html", "For example: -o report.html.");
    }
    Path twin = page.resolveSibling(name.substring(0, name.length() - end) + ".json");
    List<Problem> problems = new ArrayList<>();
    check(page, ReportPage.GENERATOR, problems);
    check(twin, "\"" + ReportJson.FORMAT + "\"", problems);
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return new ReportFiles(page, twin);
  }

  private static void check(Path file, String sign, List<Problem> problems) {
    if (!Files.exists(file)) {
      return;
    }
    String beginning = "";
    try (InputStream in = Files.newInputStream(file)) {
      beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // not an earlier report then
    }
    if (!beginning.contains(sign)) {
      problems.add(
          new Problem(
              "-o",
              file + ", which is there and is no report of this command",
              "a free name, or an earlier report, which is replaced",
              "Give the page another name, such as -o page.html."));
    }
  }

  /// Writes both, each whole or not at all.
  void write(Report report) {
    write(page, ReportPage.write(report));
    write(twin, ReportJson.write(report));
  }

  private static void write(Path file, String text) {
    try {
      AtomicFiles.writeFile(
          file,
          AtomicFiles.Existing.REPLACE,
          out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new StorageException(
          new Problem(
              "report",
              file.toString(),
              "a place that can be written: " + e.getMessage(),
              "Give another with -o."),
          e);
    }
  }
}
