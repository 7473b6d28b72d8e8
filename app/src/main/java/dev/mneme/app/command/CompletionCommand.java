package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints a script that completes commands and options.
@Command(
    name = "completion",
    header = "Print a completion script for bash and zsh.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Use|@%n",
    footer = {"  bash, zsh:  source <(mneme completion)%n"})
final class CompletionCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  CompletionCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    program.standard().out().print(AutoComplete.bash("mneme", root));
    program.standard().out().flush();
    return ExitStatus.OK;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
