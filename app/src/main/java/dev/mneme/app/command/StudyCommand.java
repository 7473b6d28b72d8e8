package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.Resolved;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.Closing;
import dev.mneme.app.report.Outcome;
import dev.mneme.app.report.Summary;
import dev.mneme.experiment.CapacityTask;
import dev.mneme.experiment.PredictedSize;
import dev.mneme.experiment.ResultJson;
import dev.mneme.experiment.RunFolder;
import dev.mneme.experiment.TrialMemory;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// How `demo` and `capacity` end: settings, JSON or a summary on the output stream.
final class StudyCommand {
  private static final int MOST_PROBLEMS = 20;

  private StudyCommand() {}

  /// Refuses trials that cannot fit even alone, rather than failing in the middle of a run.
  ///
  /// @param available bytes
  static void requireMemory(List<TrialSpecification> trials, long available) {
    List<Problem> problems = new ArrayList<>();
    for (TrialSpecification trial : trials) {
      if (TrialMemory.of(trial) > available) {
        problems.add(
            new Problem(
                "model " + trial.model().layers() + "x" + trial.model().width(),
                Numbers.count(trial.model().parameterCount().total())
                    + " parameters and "
                    + Numbers.plural(trial.sequences(), "sequence"),
                "what fits into " + Numbers.brief(available) + "B of Java memory",
                "Take a smaller model or smaller data sets, or give more memory:"
                    + " MNEME_JAVA_OPTS=-Xmx8g."));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems.stream().distinct().limit(MOST_PROBLEMS).toList());
    }
  }

  /// The largest trials that a search begins with.
  private static List<TrialSpecification> largest(Resolved settings) {
    List<TrialSpecification> trials = new ArrayList<>();
    for (CapacityTask task : settings.tasks()) {
      int size =
          PredictedSize.whole(
              task.model(), task.plan().grid().getLast() * PredictedSize.of(task.model()));
      trials.add(new TrialSpecification(task.model(), size, task.plan().training(), 0));
    }
    return trials;
  }

  static int run(
      Program program,
      String command,
      CommonOptions common,
      StudyOptions options,
      Resolved settings) {
    PrintStream out = program.standard().out();
    if (options.results().showConfig()) {
      out.print(settings.yaml());
      out.flush();
      return ExitStatus.OK;
    }
    common.setUpLogging();
    requireMemory(largest(settings), Runtime.getRuntime().maxMemory());
    StudyRun.Finished finished = new StudyRun(program, command, common, options).run(settings);
    Outcome outcome = finished.outcome();
    PageOptions.Written report = options.results().page().ofRun(program, common, finished.folder());
    if (options.results().json()) {
      out.print(ResultJson.study(outcome.study(), outcome.controls()));
      out.flush();
    } else {
      Page page = common.outPage(program.standard());
      Summary.write(outcome, page);
      if (command.equals("demo")) {
        Closing.write(
            outcome,
            finished.folder().toString(),
            Files.exists(finished.folder().resolve("curve.png")),
            report.page().isPresent(),
            page);
      } else {
        page.line("");
        page.line(
            "Everything is in "
                + finished.folder()
                + "; its trials are also in "
                + options.results().store().file(program));
        report.page().ifPresent(file -> page.line("The report to look at is " + file));
      }
      if (options.saveModels()) {
        page.line(
            finished.models().isEmpty()
                ? "No trial finished, so no model was saved"
                : Numbers.plural(finished.models().size(), "model")
                    + " at the peak in "
                    + finished.folder().resolve(RunFolder.MODELS));
      }
      page.printTo(out);
    }
    options.results().page().openIfAsked(program, common, report);
    if (outcome.interrupted()) {
      program
          .standard()
          .err()
          .println(
              "mneme " + command + ": interrupted; what was finished is in " + finished.folder());
    }
    return outcome.exitStatus();
  }
}
