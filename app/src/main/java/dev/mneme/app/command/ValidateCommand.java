package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.ExperimentFile;
import dev.mneme.app.config.ExperimentPlan;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Checks an experiment file; changes nothing.
@Command(
    name = "validate",
    header = "Check an experiment file.",
    description =
        "Reports every mistake at once, each with its line, what was expected and a hint. Runs"
            + " and writes nothing.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme validate FILE.yaml [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to check|@%n",
    optionListHeading = "%n@|bold Options|@%n")
final class ValidateCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE.yaml", description = "Experiment file.")
  private Path file = Path.of("");

  ValidateCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    ExperimentPlan plan = ExperimentFile.read(program.folder().resolve(file));
    StudyCommand.requireMemory(plan.experiment().trials(), Runtime.getRuntime().maxMemory());
    Page page = common.outPage(program.standard());
    page.line(
        page.style(Style.GREEN, file + " is right")
            + ": "
            + plan.experiment().name()
            + ", "
            + Numbers.plural(plan.experiment().trials().size(), "trial")
            + (plan.repeated() > 0
                ? " (" + Numbers.count(plan.repeated()) + " declared more than once)"
                : ""));
    page.printTo(program.standard().out());
    return ExitStatus.OK;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
