package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.html.Report;
import dev.mneme.app.html.RunReport;
import dev.mneme.app.output.Page;
import dev.mneme.experiment.StorageException;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialFilter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/// The HTML report with which a run ends. It is written after everything else and from what was
/// written, so whatever goes wrong with it costs nothing of the run.
final class PageOptions {
  /// The page in a run folder.
  static final String PAGE = "report.html";

  /// What the page shows, for programs; `report.json` in a run folder is the run's own.
  static final String TWIN = "report-page.json";

  @Option(names = "--open", description = "Open the HTML report in the browser at the end.")
  private boolean open;

  @Option(names = "--no-report", description = "Write no HTML report at the end.")
  private boolean none;

  /// What there is to show at the end of a run.
  ///
  /// @param page empty where none was asked for, or none could be written
  /// @param report empty where it could not be read
  record Written(Optional<Path> page, Optional<Report> report) {
    private static final Written NOTHING = new Written(Optional.empty(), Optional.empty());
  }

  /// Writes the report of a run folder into it.
  Written ofRun(Program program, CommonOptions common, Path folder) {
    return write(
        program,
        common,
        () -> new ReportFiles(folder.resolve(PAGE), folder.resolve(TWIN)),
        () -> RunReport.read(folder, String.valueOf(folder.getFileName())));
  }

  /// Writes the report of an experiment beside its store, which nobody may have open. An earlier
  /// one is replaced.
  Written ofExperiment(Program program, CommonOptions common, Path store, String name) {
    return write(
        program,
        common,
        () -> ReportFiles.at(program.folder(), store.resolveSibling(name + ".html")),
        () -> {
          try (StoreReader reader = StoreReader.open(store, "the report of " + name)) {
            return ReportedStore.report(
                reader, "experiment " + name, TrialFilter.ALL.withExperiment(name));
          }
        });
  }

  private Written write(
      Program program, CommonOptions common, Supplier<ReportFiles> files, Supplier<Report> source) {
    Written written = Written.NOTHING;
    try {
      Report report = source.get();
      written = new Written(Optional.empty(), Optional.of(report));
      if (none) {
        return written;
      }
      ReportFiles chosen = files.get();
      chosen.write(report);
      return new Written(Optional.of(chosen.page()), Optional.of(report));
    } catch (UsageException | StorageException | UncheckedIOException | IllegalStateException e) {
      if (none) {
        return written;
      }
      Page note = common.errPage(program.standard());
      note.sentences(
          0,
          "No HTML report was written: "
              + e.getMessage()
              + " Everything else was. mneme report writes one later.");
      note.printTo(program.standard().err());
      LoggerFactory.getLogger(PageOptions.class).debug("writing the report failed", e);
      return written;
    }
  }

  /// The main curve of a report at the end of a page, unless little is to be said.
  static void writeChart(CommonOptions common, Written written, Page page) {
    if (!common.quiet()) {
      written.report().ifPresent(report -> MainChart.write(report, page));
    }
  }

  /// Opens the page, where that was asked for.
  void openIfAsked(Program program, CommonOptions common, Written written) {
    if (open) {
      written.page().ifPresent(file -> Browser.open(file, program, common));
    }
  }
}
