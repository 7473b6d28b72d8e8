package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mneme` without a command: shows what there is.
@Command(
    name = "mneme",
    versionProvider = Versions.class,
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme COMMAND [OPTIONS]",
    header = "Measures how many bits GPT-style models memorize.",
    commandListHeading = "%n@|bold Commands|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Begin with|@%n",
    footer = {
      "  mneme demo                               about 5 minutes: a curve, its plateau, bits per"
          + " parameter",
      "  mneme capacity --model 1x32 --time 30m   one model, thoroughly%n"
    })
final class RootCommand implements Callable<Integer> {
  private final Program program;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text; mneme COMMAND --help shows more.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of Mneme, Java, the engine and the system.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  RootCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    program.standard().err().print(spec.commandLine().getUsageMessage());
    return ExitStatus.USAGE;
  }
}
