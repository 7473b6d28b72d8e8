package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.ExecutorName;
import dev.mneme.app.config.ExperimentFile;
import dev.mneme.app.config.ExperimentPlan;
import dev.mneme.app.config.Setting;
import dev.mneme.app.config.Value;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.report.ExperimentPages;
import dev.mneme.engine.Engine;
import dev.mneme.experiment.CostEstimate;
import dev.mneme.experiment.Experiment;
import dev.mneme.experiment.ExperimentJson;
import dev.mneme.experiment.ResumingExecutor;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.store.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs an experiment file.
@Command(
    name = "run",
    header = "Run an experiment: a grid of trials, stopped and resumed at will.",
    description = {
      "Runs every trial of an experiment file that has no result yet, and keeps results in one"
          + " DuckDB file. Run it again after a stop, a crash or a kill: finished trials are"
          + " skipped, others go on from their last checkpoint, to the same bits.",
    },
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme run FILE.yaml [--dry-run] [--executor local|spark] [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to run|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme run experiments/minutes.yaml --dry-run",
      "  mneme run experiments/minutes.yaml",
      "  mneme ls --experiment minutes",
      "  mneme run experiments/minutes.yaml --executor spark --master 'local[*]'%n"
    })
final class RunCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOptions store = new StoreOptions();
  @Mixin private PageOptions page = new PageOptions();

  @Parameters(paramLabel = "FILE.yaml", description = "Experiment file.")
  private Path file = Path.of("");

  @Option(
      names = "--dry-run",
      description = "Show the trials with estimated tokens, time and memory, and end.")
  private boolean dryRun;

  @Option(
      names = "--retry-failed",
      description = "Run trials again that failed, such as for lack of memory.")
  private boolean retryFailed;

  @Option(
      names = "--executor",
      paramLabel = "NAME",
      description =
          "Where trials run, whatever the file says: local (threads of this program) or spark.")
  private Optional<String> executor = Optional.empty();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master, such as local[*] or spark://host:7077.")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "Whose arithmetic, whatever the file says: vector, reference or torch (libtorch).")
  private Optional<String> engineName = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Where engine torch computes: cpu, cuda or cuda:n. Default: cpu.")
  private Optional<String> device = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Trials at a time, whatever the file says. Default: one for every processor.")
  private Optional<String> threads = Optional.empty();

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  RunCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    ExperimentPlan plan =
        ExperimentFile.read(program.folder().resolve(file), engineSettings())
            .with(executor, master, threads);
    int parallelism = plan.threads().orElse(program.processors());
    Experiment experiment = plan.experiment();
    if (plan.executor() == ExecutorName.LOCAL) {
      StudyCommand.requireMemory(experiment.trials(), Runtime.getRuntime().maxMemory());
    }
    List<Engine> engines = plan.engines().stream().map(program.engines()).toList();
    if (dryRun) {
      engines.forEach(engine -> estimate(plan, engine, parallelism));
      return ExitStatus.OK;
    }
    ExperimentRun.Finished finished =
        new ExperimentRun(program, common, store)
            .run(
                plan,
                engines,
                parallelism,
                retryFailed ? ResumingExecutor.Failed.RETRY : ResumingExecutor.Failed.KEEP);
    PageOptions.Written report =
        page.ofExperiment(program, common, store.file(program), experiment.name());
    if (json) {
      program
          .standard()
          .out()
          .print(
              ExperimentJson.results(
                  experiment, finished.results(), store.file(program).toString()));
      program.standard().out().flush();
    } else {
      print(plan, finished, report);
    }
    page.openIfAsked(program, common, report);
    boolean interrupted = finished.results().size() < engines.size() * experiment.trials().size();
    if (interrupted) {
      program
          .standard()
          .err()
          .println(
              "mneme run: interrupted; what was finished is kept, and the same command goes on"
                  + " from there");
      return ExitStatus.INTERRUPTED;
    }
    return finished.results().stream().anyMatch(TrialResult.Failed.class::isInstance)
        ? ExitStatus.TRIALS_FAILED
        : ExitStatus.OK;
  }

  private Map<String, Value> engineSettings() {
    Map<String, Value> settings = new LinkedHashMap<>();
    engineName.ifPresent(
        text -> settings.put(Setting.ENGINE.name(), new Value(text, Setting.ENGINE.option())));
    device.ifPresent(
        text -> settings.put(Setting.DEVICE.name(), new Value(text, Setting.DEVICE.option())));
    return settings;
  }

  private void print(
      ExperimentPlan plan, ExperimentRun.Finished finished, PageOptions.Written report) {
    Page page = common.outPage(program.standard());
    ExperimentPages.writeResults(plan.experiment(), finished.results(), page);
    PageOptions.writeChart(common, report, page);
    page.line("");
    page.line(
        Numbers.plural(finished.results().size(), "result")
            + ", "
            + Numbers.count(finished.known())
            + " of them from earlier runs, in "
            + store.file(program));
    report.page().ifPresent(file -> page.line("The report to look at is " + file));
    long failed = finished.results().stream().filter(TrialResult.Failed.class::isInstance).count();
    if (failed > 0) {
      page.line(
          page.style(Style.YELLOW, Numbers.plural(failed, "trial") + " failed")
              + "; mneme run --retry-failed runs them again");
    }
    page.line(
        page.style(
            Style.FAINT,
            "mneme ls --experiment "
                + plan.experiment().name()
                + " lists them, mneme export hands them on."));
    page.printTo(program.standard().out());
  }

  private void estimate(ExperimentPlan plan, Engine engine, int parallelism) {
    Set<TrialSpecification> done = Set.of();
    if (Files.exists(store.file(program))) {
      try (StoreReader open = store.read(program, "mneme run --dry-run")) {
        done =
            open.find(plan.experiment().ids(engine.identity())).values().stream()
                .map(TrialResult::specification)
                .collect(Collectors.toSet());
      }
    }
    Set<TrialSpecification> finished = done;
    List<TrialSpecification> left =
        plan.experiment().trials().stream().filter(trial -> !finished.contains(trial)).toList();
    if (!common.quiet() && !left.isEmpty()) {
      program.standard().err().println("Measuring the speed of this machine for some seconds");
    }
    CostEstimate estimate = CostEstimate.measure(engine, left, program.stop());
    if (json) {
      program
          .standard()
          .out()
          .print(ExperimentJson.estimate(plan.experiment(), estimate, parallelism));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      ExperimentPages.writeEstimate(
          plan.experiment(), estimate, finished.size(), parallelism, page);
      page.printTo(program.standard().out());
    }
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
