package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.ConvergencePage;
import dev.mneme.law.LawJson;
import dev.mneme.law.RemainingGainCheck;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Extrapolates what ten times the steps would bring, and compares it with what they brought.
@Command(
    name = "convergence",
    header = "Say what longer training would add, and check it where longer runs are there.",
    description =
        "Wherever a store holds trials of T, half, a quarter (and an eighth) of T steps, trained"
            + " alike on the same data: what they predict for 10 T steps, and its 95% interval."
            + " Beside trials of 10 T steps: what was measured, and whether the interval held it."
            + " Trains nothing.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme law convergence [--store FILE] [--experiment NAME] [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme run experiments/ten-times-longer.yaml",
      "  mneme law convergence --experiment ten-times-longer%n"
    })
final class LawConvergenceCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "Only trials that this experiment asks for.")
  private Optional<String> experiment = Optional.empty();

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  LawConvergenceCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    RemainingGainCheck check =
        RemainingGainCheck.of(
            StoredMeasurements.read(store, program, "mneme law convergence", experiment)
                .finished());
    if (check.rows().isEmpty() && check.forecasts().isEmpty()) {
      throw new UsageException(
          "trials",
          "none of T, half and a quarter of T steps that were trained alike",
          "finished trials of such lengths on the same data",
          "For example: mneme run experiments/ten-times-longer.yaml.");
    }
    if (json) {
      program.standard().out().print(LawJson.convergence(check));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      ConvergencePage.write(check, page);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
