package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.ConfigFile;
import dev.mneme.app.config.Layer;
import dev.mneme.app.config.Resolved;
import dev.mneme.app.config.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The real thing: brackets the plateau of each model and tests convergence.
@Command(
    name = "capacity",
    header = "Measure the capacity of one or more models.",
    description =
        "Trains models on random token sets of growing size until the memorized bits stop growing,"
            + " and tests whether more steps would have changed the figure. It claims a capacity"
            + " only where both hold; otherwise it says what is missing and shows the largest value"
            + " seen. Every figure is a lower bound at the training budget.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme capacity [--model LxW[xH]]... [--time 30m | --steps N] [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme capacity --model 1x32 --time 30m -o runs/1x32",
      "  mneme capacity --model 1x16,1x32,2x32 --vocabulary 256 --steps 5000 --seeds 5",
      "  mneme capacity --model 1x32 --show-config > run.yaml",
      "  mneme capacity --config run.yaml --seed 7 --json%n"
    })
final class CapacityCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StudyOptions options = new StudyOptions();

  CapacityCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    List<Layer> layers = new ArrayList<>();
    options
        .results()
        .config()
        .ifPresent(file -> layers.add(ConfigFile.read(program.folder().resolve(file))));
    layers.add(SettingOptions.read(spec.commandLine().getParseResult()));
    Resolved settings = new Resolver(layers, program.processors()).resolve();
    return StudyCommand.run(program, "capacity", common, options, settings);
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
