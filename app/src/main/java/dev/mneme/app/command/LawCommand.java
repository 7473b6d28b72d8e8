package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mneme law` without a law: shows which there are.
@Command(
    name = "law",
    header = "Fit the laws to your own measurements.",
    description =
        "Fits what the paper states as laws to measurements of your own, says how sure the figures"
            + " are, and predicts what the laws were not fitted to.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme law capacity|membership|convergence [OPTIONS]",
    descriptionHeading = "%n",
    commandListHeading = "%n@|bold Laws|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme law capacity --experiment grid-line",
      "  mneme law membership --observations attacks.csv%n"
    })
final class LawCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  LawCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    program.standard().err().print(spec.commandLine().getUsageMessage());
    return ExitStatus.USAGE;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
