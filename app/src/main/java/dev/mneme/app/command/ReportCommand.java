package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.html.QuantizationSection;
import dev.mneme.app.html.Report;
import dev.mneme.app.html.RunReport;
import dev.mneme.app.output.Page;
import dev.mneme.experiment.StorageException;
import dev.mneme.store.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Writes what a store or a run found as one page.
@Command(
    name = "report",
    header = "Write what was found as one HTML page with charts.",
    description =
        "Reads a store (a file) or the folder of a run and writes a page that needs nothing else:"
            + " it opens from the disk, without a network, on any screen, and prints. Everything it"
            + " shows lies beside it as JSON. Trains nothing.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme report [RUN or STORE] [-o FILE.html] [--open] [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to read|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme report --open",
      "  mneme report runs/three -o three.html",
      "  mneme report runs/mneme.duckdb --experiment grid-line -o line.html%n"
    })
final class ReportCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private static final String PURPOSE = "mneme report";

  private final Program program;

  @Mixin private ReportSource source = new ReportSource();

  @Option(
      names = "--quantization",
      paramLabel = "FILE.json",
      description =
          "Show this result of mneme quantize, too. One named quantization.json in the folder of a"
              + " run is shown unasked.")
  private Optional<Path> quantization = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description =
          "Where to write the page; an earlier report is replaced, nothing else is. Default:"
              + " report.html.")
  private Path output = Path.of("report.html");

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Mixin private CommonOptions common = new CommonOptions();

  ReportCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    Path path = source.path(program);
    ReportFiles files = ReportFiles.at(program.folder(), output);
    Report report;
    if (Files.isDirectory(path)) {
      source
          .experimentOfARun()
          .ifPresent(problem -> {
            throw new UsageException(List.of(problem));
          });
      report = RunReport.read(path, source.name());
    } else {
      report = ofStore(path);
    }
    if (quantization.isPresent()) {
      report = report.with(QuantizationSection.read(program.folder().resolve(quantization.get())));
    }
    files.write(report);
    Page page = common.outPage(program.standard());
    if (!common.quiet()) {
      MainChart.write(report, page);
      page.line("");
    }
    page.line(files.page().toString());
    page.line("  beside it, the same for programs: " + files.twin().getFileName());
    page.printTo(program.standard().out());
    if (open) {
      Browser.open(files.page(), program, common);
    }
    return ExitStatus.OK;
  }

  private Report ofStore(Path file) {
    Optional<String> experiment = source.experiment();
    try (StoreReader store = StoreReader.open(file, PURPOSE)) {
      experiment.ifPresent(wanted -> LsCommand.requireExperiment(store.experiments(), wanted));
      return ReportedStore.report(
          store, ReportedStore.name(source.name(), experiment), ReportedStore.filter(experiment));
    } catch (StorageException e) {
      throw new UsageException(List.of(e.problem()));
    }
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
