package dev.mneme.app.html;

import dev.mneme.app.config.UsageException;
import dev.mneme.experiment.MalformedTrialException;
import dev.mneme.experiment.ResultJson;
import dev.mneme.experiment.RunFolder;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The report of a run folder, from its `report.json`: a capacity study (`mneme-study/1`), with
/// ceilings and learning curves from `trials.jsonl` beside it, or a study on text (`mneme-text/1`).
/// Before a run has ended, what its trials found so far. A file that is cut off, or holds something
/// else, gives a report that says so.
public final class RunReport {
  /// Format of studies on text.
  static final String TEXT_FORMAT = "mneme-text/1";

  private static final int MOST_BYTES = 256 << 20;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private RunReport() {}

  /// Reads a run.
  ///
  /// @param name what the reader calls it
  /// @throws UsageException where the folder is no run's, or its report is too large to be read
  public static Report read(Path folder, String name) {
    Path file = folder.resolve(RunFolder.REPORT);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      if (Files.exists(folder.resolve(RunFolder.TRIALS)) && !Files.exists(file)) {
        return running(folder, name);
      }
      throw new UsageException(
          "RUN",
          folder + ", a folder without a readable " + RunFolder.REPORT,
          "the folder of a run that has ended",
          "Name the folder that mneme capacity, demo or text said it wrote, or the file of a"
              + " store.");
    }
    if (bytes.length > MOST_BYTES) {
      throw new UsageException(
          RunFolder.REPORT,
          "more than " + (MOST_BYTES >> 20) + " MiB",
          "a report that a run wrote",
          "Ask the store instead: mneme report STORE.");
    }
    return of(bytes, name, folder);
  }

  /// What has finished so far, as it would be shown of a store.
  private static Report running(Path folder, String name) {
    List<TrialResult> results = trials(folder);
    if (results.isEmpty()) {
      return without(name, "It is not there: the run has not ended, or was killed.");
    }
    CollectedTrials trials = new CollectedTrials();
    results.forEach(trials::add);
    Report report =
        StoreReport.of(
            trials.contents(
                name,
                id ->
                    results.stream()
                        .filter(result -> result.id().equals(id))
                        .filter(TrialResult.Finished.class::isInstance)
                        .map(result -> ((TrialResult.Finished) result).curve())
                        .findFirst()
                        .orElse(List.of()),
                id -> Optional.empty()));
    List<String> notices = new ArrayList<>();
    notices.add(
        "This run has not ended, or was killed: there is no "
            + RunFolder.REPORT
            + " yet. What is shown is what has finished so far.");
    notices.addAll(report.notices());
    return new Report(
        report.title(),
        report.scope(),
        report.label(),
        report.figures(),
        notices,
        report.sections());
  }

  /// With what rounding does to its models, where that was measured.
  private static Report rounded(Report report, Path folder) {
    Path file = folder.resolve(QuantizationSection.FILE);
    if (!Files.exists(file)) {
      return report;
    }
    try {
      return report.with(QuantizationSection.read(file));
    } catch (UsageException e) {
      return report.with(
          QuantizationSection.FILE + " of this run cannot be read, so rounding is not shown.");
    }
  }

  /// The trials beside the report; none where they cannot be read, since the report stands without
  /// them.
  private static List<TrialResult> trials(Path folder) {
    try {
      return RunFolder.readTrials(folder).results();
    } catch (StorageException | MalformedTrialException e) {
      return List.of();
    }
  }

  private static Report of(byte[] bytes, String name, Path folder) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      return switch (node.path("format").asString("")) {
        case TEXT_FORMAT -> TextStudyReport.of(node, name);
        case ResultJson.STUDY_FORMAT ->
            rounded(CapacityStudyReport.of(node, name, trials(folder)), folder);
        default -> without(name, "It does not say what kind of study it is.");
      };
    } catch (JacksonException | IllegalArgumentException e) {
      return without(name, "It is cut off, or not what a run writes.");
    }
  }

  private static Report without(String name, String reason) {
    return new Report(
        "No result to show",
        name,
        "",
        List.of(),
        List.of(
            RunFolder.REPORT
                + " of this run holds no finished study. "
                + reason
                + " A run that was stopped leaves such a file; what it finished is in its store.",
            "Ask the store: mneme report STORE. Or run the same command again: it goes on from"
                + " where it stopped."),
        List.of());
  }
}
