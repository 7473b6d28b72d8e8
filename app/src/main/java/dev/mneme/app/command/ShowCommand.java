package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.TrialPage;
import dev.mneme.experiment.TrialJson;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.store.StoreReader;
import dev.mneme.store.StoredTrial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows one trial of a store.
@Command(
    name = "show",
    header = "Show everything about one stored trial.",
    description =
        "Specification, figures, learning curve, and where the result comes from: engine, versions,"
            + " machine and data.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme show ID [--store FILE] [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to show|@%n",
    optionListHeading = "%n@|bold Options|@%n")
final class ShowCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  @Parameters(
      paramLabel = "ID",
      description = "The trial's identity, or as much of its beginning as no other has.")
  private String id = "";

  @Option(
      names = "--json",
      description = "Print the trial as JSON, and nothing else, to standard output.")
  private boolean json;

  ShowCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    StoredTrial trial;
    try (StoreReader open = store.read(program, "mneme show")) {
      trial = open.show(id);
    } catch (InvalidConfigurationException e) {
      throw new UsageException(e.problems());
    }
    if (json) {
      program.standard().out().println(TrialJson.write(trial.result()));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      TrialPage.write(trial, page);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
