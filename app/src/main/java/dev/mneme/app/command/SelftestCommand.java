package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.EngineName;
import dev.mneme.app.config.Layer;
import dev.mneme.app.config.Resolved;
import dev.mneme.app.config.Resolver;
import dev.mneme.app.config.Setting;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.report.Summary;
import dev.mneme.engine.Engine;
import dev.mneme.experiment.ControlRunner;
import dev.mneme.experiment.ResultJson;
import dev.mneme.measure.ControlReport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The five controls, in seconds.
@Command(
    name = "selftest",
    header = "Run the five controls, in seconds.",
    description =
        "1 fresh data are not memorized; 2 a tiny set is memorized whole; 3 an untrained model"
            + " remembers nothing; 4 a uniform model needs exactly the uniform code; 5 an"
            + " arithmetic coder reaches the code length.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme selftest [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n")
final class SelftestCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  /// Settings that matter to the controls.
  static final Set<Setting<?>> SETTINGS =
      Set.of(Setting.ENGINE, Setting.DEVICE, Setting.PRECISION, Setting.SEED);

  private final Program program;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  SelftestCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    Layer layer = SettingOptions.read(spec.commandLine().getParseResult());
    Resolved settings = new Resolver(List.of(layer), program.processors()).resolve();
    common.setUpLogging();
    Engine engine = program.engines().apply(settings.engine());
    if (!common.quiet()) {
      program
          .standard()
          .err()
          .println(
              "Running five controls on the "
                  + settings.engine()
                  + " engine"
                  + (settings.engine().name() == EngineName.REFERENCE
                      ? "; it is slow, allow some minutes"
                      : ""));
    }
    long startedAt = System.nanoTime();
    ControlReport report = new ControlRunner(engine).selfTest(settings.seed(), program.stop());
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    if (json) {
      program.standard().out().print(ResultJson.controls(report));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      page.line(
          page.style(Style.BOLD, "Mneme selftest")
              + page.style(
                  Style.FAINT,
                  "  engine " + Summary.name(engine.identity()) + " · seed " + settings.seed()));
      page.line("");
      Summary.writeControls(report, page);
      page.line("");
      page.line(
          (report.allPassed()
                  ? page.style(Style.GREEN, "All five controls passed")
                  : page.style(Style.RED, "The figures of this program cannot be trusted here"))
              + " in "
              + Numbers.seconds(seconds)
              + ".");
      page.printTo(program.standard().out());
    }
    if (program.stop().getAsBoolean()) {
      program.standard().err().println("mneme selftest: interrupted");
      return ExitStatus.INTERRUPTED;
    }
    return report.allPassed() ? ExitStatus.OK : ExitStatus.CONTROL_FAILED;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
