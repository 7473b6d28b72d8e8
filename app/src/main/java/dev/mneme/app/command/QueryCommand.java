package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.QueryPages;
import dev.mneme.store.QueryException;
import dev.mneme.store.StoreReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks a store in SQL.
@Command(
    name = "query",
    header = "Ask the store in SQL; nothing can be changed.",
    description =
        "Runs SQL of DuckDB's over the tables that docs/store.md describes: trials, curve_points,"
            + " sample_scores, experiments, experiment_trials and some views.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme query \"SQL\" [--json] [--store FILE] [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to ask|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme query \"SELECT layers, width, sequences, avg(bits_per_parameter) FROM trials GROUP"
          + " BY ALL ORDER BY ALL\"",
      "  mneme query \"DESCRIBE trials\"%n"
    })
final class QueryCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  @Parameters(paramLabel = "SQL", description = "One statement.")
  private String sql = "";

  @Option(
      names = "--json",
      description = "Print every row as one JSON object a line, however many there are.")
  private boolean json;

  QueryCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    try (StoreReader open = store.read(program, "mneme query")) {
      if (json) {
        open.query(sql, QueryPages.jsonLines(program.standard().out()));
      } else {
        QueryPages.Collected rows = new QueryPages.Collected();
        open.query(sql, rows);
        Page page = common.outPage(program.standard());
        rows.write(page);
        page.printTo(program.standard().out());
      }
    } catch (QueryException e) {
      throw new UsageException(
          "SQL",
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "a question in DuckDB's SQL",
          "mneme query \"DESCRIBE trials\" shows the columns; SHOW TABLES the tables.");
    }
    return ExitStatus.OK;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
