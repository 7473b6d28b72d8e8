package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.Resolved;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.Closing;
import dev.mneme.app.report.Outcome;
import dev.mneme.app.report.Summary;
import dev.mneme.experiment.ResultJson;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/// How `demo` and `capacity` end: settings, JSON or a summary on the output stream.
final class StudyCommand {
  private StudyCommand() {}

  static int run(
      Program program,
      String command,
      CommonOptions common,
      Resolved settings,
      Optional<Path> output,
      boolean showConfig,
      boolean json) {
    PrintStream out = program.standard().out();
    if (showConfig) {
      out.print(settings.yaml());
      out.flush();
      return ExitStatus.OK;
    }
    common.setUpLogging();
    StudyRun.Finished finished = new StudyRun(program, command, common).run(settings, output);
    Outcome outcome = finished.outcome();
    if (json) {
      out.print(ResultJson.study(outcome.study(), outcome.controls()));
      out.flush();
    } else {
      Page page = common.outPage(program.standard());
      Summary.write(outcome, page);
      if (command.equals("demo")) {
        Closing.write(outcome, finished.folder().toString(), page);
      } else {
        page.line("");
        page.line("Everything is in " + finished.folder());
      }
      page.printTo(out);
    }
    if (outcome.study().interrupted()) {
      program
          .standard()
          .err()
          .println(
              "mneme " + command + ": interrupted; what was finished is in " + finished.folder());
    }
    return outcome.exitStatus();
  }
}
