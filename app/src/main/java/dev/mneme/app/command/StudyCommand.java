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
import dev.mneme.experiment.ResultJson;
import dev.mneme.experiment.RunFolder;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How `demo` and `capacity` end: settings, JSON or a summary on the output stream.
final class StudyCommand {
  private StudyCommand() {}

  /// Weights, two moments, gradient, packed copies and the double-precision vector they come from.
  private static final long BYTES_PER_PARAMETER = 32;

  /// Refuses models that cannot fit rather than failing in the middle of a run.
  ///
  /// @param available bytes
  static void requireMemory(Resolved settings, long available) {
    List<Problem> problems = new ArrayList<>();
    for (CapacityTask task : settings.tasks()) {
      long parameters = task.model().parameterCount().total();
      double needed = (double) parameters * BYTES_PER_PARAMETER * settings.threads();
      if (needed > available) {
        problems.add(
            new Problem(
                "model " + task.model().layers() + "x" + task.model().width(),
                Numbers.count(parameters)
                    + " parameters in "
                    + Numbers.plural(settings.threads(), "thread"),
                "what fits into " + Numbers.brief(available) + " bytes of Java memory",
                "Take a smaller model or fewer --threads, or give more memory:"
                    + " MNEME_JAVA_OPTS=-Xmx8g."));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  static int run(
      Program program,
      String command,
      CommonOptions common,
      Resolved settings,
      Optional<Path> output,
      boolean saveModels,
      boolean showConfig,
      boolean json) {
    PrintStream out = program.standard().out();
    if (showConfig) {
      out.print(settings.yaml());
      out.flush();
      return ExitStatus.OK;
    }
    common.setUpLogging();
    requireMemory(settings, Runtime.getRuntime().maxMemory());
    StudyRun.Finished finished =
        new StudyRun(program, command, common, saveModels).run(settings, output);
    Outcome outcome = finished.outcome();
    if (json) {
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
            page);
      } else {
        page.line("");
        page.line("Everything is in " + finished.folder());
      }
      if (saveModels) {
        page.line(
            finished.models().isEmpty()
                ? "No trial finished, so no model was saved"
                : Numbers.plural(finished.models().size(), "model")
                    + " at the peak in "
                    + finished.folder().resolve(RunFolder.MODELS));
      }
      page.printTo(out);
    }
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
