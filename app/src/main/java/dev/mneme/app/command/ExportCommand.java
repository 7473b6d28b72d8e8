package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.DidYouMean;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.store.ExportFormat;
import dev.mneme.store.StoreReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Hands stored results on to other programs.
@Command(
    name = "export",
    header = "Write stored results as Parquet, CSV or JSON lines.",
    description =
        "Writes a whole table, or what a query gives, into a new file; nothing is overwritten."
            + " Tables: trials, curve_points, sample_scores, experiments, experiment_trials; their"
            + " columns are described in docs/store.md.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis =
        "mneme export -o FILE [--format parquet|csv|jsonl] [--table NAME | --query SQL]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme export -o trials.parquet",
      "  mneme export --table sample_scores -o scores.csv",
      "  mneme export --query \"SELECT width, max(net_bits) FROM trials GROUP BY width\" -o"
          + " widths.jsonl%n"
    })
final class ExportCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "File to make; it must not exist yet.")
  private Path output = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "parquet, csv or jsonl. Default: by the ending of the file's name.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "Table or view to write. Default: trials.")
  private Optional<String> table = Optional.empty();

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description = "Write what a SELECT gives instead of a table.")
  private Optional<String> query = Optional.empty();

  ExportCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    ExportFormat chosen = check();
    Path file = program.folder().resolve(output);
    long rows;
    try (StoreReader open = store.read(program, "mneme export")) {
      rows =
          query.isPresent()
              ? open.exportQuery(query.get(), chosen, file)
              : open.exportTable(table.orElse("trials"), chosen, file);
    } catch (InvalidConfigurationException e) {
      throw new UsageException(e.problems());
    }
    if (!common.quiet()) {
      Page page = common.outPage(program.standard());
      page.line(Numbers.plural(rows, "row") + " in " + file);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  /// Everything that can be wrong with the command line, at once.
  private ExportFormat check() {
    List<Problem> problems = new ArrayList<>();
    if (table.isPresent() && query.isPresent()) {
      problems.add(
          new Problem(
              "--query", "a query beside --table", "one of the two", "Remove one of them."));
    }
    String name = String.valueOf(output.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String wanted = format.orElse(ending).toLowerCase(Locale.ROOT);
    List<String> names =
        Arrays.stream(ExportFormat.values())
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .toList();
    if (!names.contains(wanted)) {
      problems.add(
          new Problem(
              format.isPresent() ? "--format" : "--output",
              format.orElse(name),
              format.isPresent()
                  ? String.join(", ", names)
                  : "a name that ends in ." + String.join(", .", names),
              DidYouMean.closest(wanted, names)
                  .map(close -> "Did you mean " + close + "?")
                  .orElse("Say --format parquet, csv or jsonl.")));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return ExportFormat.valueOf(wanted.toUpperCase(Locale.ROOT));
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
