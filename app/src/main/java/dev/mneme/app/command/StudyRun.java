package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.chart.Curve;
import dev.mneme.app.chart.CurvePicture;
import dev.mneme.app.config.Resolved;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.progress.ProgressDisplay;
import dev.mneme.app.report.Outcome;
import dev.mneme.app.report.Summary;
import dev.mneme.engine.Engine;
import dev.mneme.experiment.Budget;
import dev.mneme.experiment.Calibration;
import dev.mneme.experiment.Calibrator;
import dev.mneme.experiment.CapacityReport;
import dev.mneme.experiment.CapacityStudy;
import dev.mneme.experiment.ControlRunner;
import dev.mneme.experiment.Experiment;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.ModelSink;
import dev.mneme.experiment.PeakModels;
import dev.mneme.experiment.ResultJson;
import dev.mneme.experiment.ResumingExecutor;
import dev.mneme.experiment.RunFolder;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.StudyListener;
import dev.mneme.experiment.StudyReport;
import dev.mneme.experiment.TrialArchive;
import dev.mneme.experiment.TrialCheckpoints;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.ControlReport;
import dev.mneme.model.GptConfig;
import dev.mneme.store.TrialStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures the capacities of some models and writes everything found into a run folder; what
/// `demo` and `capacity` have in common.
final class StudyRun {
  private final Program program;
  private final String command;
  private final CommonOptions common;
  private final StudyOptions options;

  StudyRun(Program program, String command, CommonOptions common, StudyOptions options) {
    this.program = program;
    this.command = command;
    this.common = common;
    this.options = options;
  }

  /// What came of it.
  ///
  /// @param outcome what was found
  /// @param folder where it was written
  /// @param models folders of the models that were kept; empty where none were asked for
  record Finished(Outcome outcome, Path folder, List<Path> models) {
    Finished {
      models = List.copyOf(models);
    }
  }

  /// Runs everything.
  ///
  /// @throws UsageException where the run folder cannot be made or the store not be opened
  Finished run(Resolved settings) {
    long startedAt = System.nanoTime();
    Engine engine = program.engines().apply(settings.engine());
    Path path = options.results().folder(program, command);
    String name = String.valueOf(path.getFileName());
    try (TrialStore store =
            options.results().store().open(program, "mneme " + command + " " + name);
        RunFolder folder = ResultOptions.create(path)) {
      return run(settings, engine, folder, store, startedAt);
    }
  }

  private Finished run(
      Resolved settings, Engine engine, RunFolder folder, TrialStore store, long startedAt) {
    Optional<Duration> limit =
        settings.budget() instanceof Budget.WallTime time
            ? Optional.of(time.duration())
            : Optional.empty();
    PeakModels models = new PeakModels(folder.path().resolve(RunFolder.MODELS));
    List<Path> kept;
    Calibration calibration;
    StudyReport study;
    List<ControlReport> controls;
    try (ProgressDisplay display = new ProgressDisplay(program.standard(), common.quiet(), limit)) {
      display.say("Writing to " + folder.path() + "  (Ctrl-C stops and keeps what is finished)");
      calibration = calibrate(settings, engine, display);
      String configuration = settings.yamlOf(calibration.tasks());
      folder.write("config.yaml", configuration);
      String name = String.valueOf(folder.path().getFileName());
      store.register(
          StoreOptions.record(
              new Experiment(name, Experiment.Kind.CAPACITY, "", configuration, List.of())),
          List.of());
      try (TrialExecutor executor = executor(settings, engine, store, models)) {
        study =
            new CapacityStudy(executor)
                .run(
                    calibration.tasks(),
                    new Recorder(display, folder, store, name),
                    program.stop());
      }
      kept = models.keepPeaks(study);
      controls = controls(study, engine, display);
    }
    boolean interrupted =
        study.interrupted() || (program.stop().getAsBoolean() && incomplete(study, controls));
    study = new StudyReport(study.reports(), interrupted); // also while the controls ran
    Outcome outcome =
        new Outcome(
            command,
            settings,
            engine.identity(),
            calibration,
            study,
            controls,
            (System.nanoTime() - startedAt) / 1e9,
            interrupted);
    folder.write(RunFolder.REPORT, ResultJson.study(study, controls));
    folder.writeCurves(
        study.reports().stream().flatMap(report -> report.trials().stream()).toList());
    Page page = Page.ofFile();
    Summary.write(outcome, page);
    folder.write(RunFolder.SUMMARY, page.text());
    pictures(outcome, folder);
    return new Finished(outcome, folder.path(), kept);
  }

  private TrialExecutor executor(
      Resolved settings, Engine engine, TrialStore store, PeakModels models) {
    TrialCheckpoints checkpoints = options.results().store().trialCheckpoints(program);
    TrialRunner runner =
        TrialRunner.on(engine, options.saveModels() ? models : ModelSink.NONE, checkpoints);
    return new ResumingExecutor(
        new LocalExecutor(runner, settings.threads(), ExperimentRun.trialMemory()),
        options.saveModels() ? new KeepOnly(store) : store,
        checkpoints,
        engine.identity(),
        ResumingExecutor.Failed.RETRY);
  }

  private static boolean incomplete(StudyReport study, List<ControlReport> controls) {
    return controls.size() < study.reports().size()
        || controls.stream().anyMatch(report -> !report.missing().isEmpty());
  }

  private Calibration calibrate(Resolved settings, Engine engine, ProgressDisplay display) {
    if (!(settings.budget() instanceof Budget.WallTime)) {
      return new Calibration(settings.tasks(), List.of());
    }
    display.say("Measuring the speed of this machine, to turn the time into steps");
    Calibration calibration =
        new Calibrator(engine, settings.threads())
            .calibrate(settings.tasks(), settings.budget(), program.stop());
    for (Calibration.Measured measured : calibration.models()) {
      display.say(
          Summary.name(measured.model())
              + "  "
              + Numbers.count(measured.steps())
              + " steps a trial at "
              + Numbers.brief(measured.tokensPerSecond())
              + " tokens/s");
    }
    return calibration;
  }

  private List<ControlReport> controls(StudyReport study, Engine engine, ProgressDisplay display) {
    List<ControlReport> controls = new ArrayList<>();
    ControlRunner runner = new ControlRunner(engine);
    display.say("Running the controls");
    for (CapacityReport report : study.reports()) {
      if (program.stop().getAsBoolean()) {
        break;
      }
      controls.add(runner.forCapacity(report, program.stop()));
    }
    return controls;
  }

  /// A machine without fonts cannot draw; the figures are worth keeping all the same.
  private void pictures(Outcome outcome, RunFolder folder) {
    List<Curve> curves = outcome.study().reports().stream().map(Curve::of).toList();
    try {
      CurvePicture picture =
          new CurvePicture("Memorized bits against data set size", subtitle(outcome), curves);
      folder.write("curve.svg", picture.svg());
      folder.write("curve.png", picture.png());
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException | InternalError | LinkageError e) {
      if (!common.quiet()) {
        program
            .standard()
            .err()
            .println(
                "mneme: no picture was drawn ("
                    + e.getMessage()
                    + "); on Linux, Java needs fontconfig and a font for that. Everything else was"
                    + " written.");
      }
      Holder.LOG.debug("drawing failed", e);
    }
  }

  private static String subtitle(Outcome outcome) {
    StringBuilder text = new StringBuilder("GPT-2 blocks on random tokens");
    List<GptConfig> models = outcome.study().reports().stream().map(CapacityReport::model).toList();
    if (models.stream()
            .map(model -> List.of(model.vocabularySize(), model.contextLength()))
            .distinct()
            .count()
        == 1) {
      text.append(", V ")
          .append(models.getFirst().vocabularySize())
          .append(", S ")
          .append(models.getFirst().contextLength());
    }
    int seeds = outcome.study().reports().getFirst().plan().seeds().size();
    return text.append(", ")
        .append(outcome.engine().precision())
        .append(" · ")
        .append(Numbers.plural(seeds, "seed"))
        .append(seeds > 1 ? ", bars are 95% intervals" : "")
        .append(" · lower bounds at this training budget")
        .toString();
  }

  /// Writes each trial down as it ends, then tells the display.
  private record Recorder(
      ProgressDisplay display, RunFolder folder, TrialStore store, String experiment)
      implements StudyListener {
    @Override
    public void planned(GptConfig model, String reason, List<TrialSpecification> trials) {
      display.planned(model, reason, trials);
    }

    @Override
    public void known(TrialResult result) {
      keep(result);
      display.known(result);
    }

    private void keep(TrialResult result) {
      folder.append(result);
      store.addTrial(experiment, result.id());
    }

    @Override
    public void progressed(TrialProgress progress) {
      display.progressed(progress);
    }

    @Override
    public void ended(TrialOutcome outcome) {
      keep(outcome.result());
      display.ended(outcome);
    }

    @Override
    public void concluded(CapacityReport report) {
      display.concluded(report);
    }
  }

  /// Keeps outcomes and knows of none, so that every trial runs and hands its model on.
  private record KeepOnly(TrialArchive archive) implements TrialArchive {
    @Override
    public Map<String, TrialResult> find(Collection<String> ids) {
      return Map.of();
    }

    @Override
    public void keep(TrialOutcome outcome) {
      archive.keep(outcome);
    }
  }

  /// Logging is set up by the first command that runs, so the logger is made late.
  private static final class Holder {
    private static final Logger LOG = LoggerFactory.getLogger(StudyRun.class);
  }
}
