package dev.mneme.app.command;

import dev.mneme.app.output.Page;
import dev.mneme.app.output.Printable;
import dev.mneme.app.output.Style;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// Mistakes as a person reads them: what was read, what was expected, a hint.
final class ErrorReport {
  private ErrorReport() {}

  /// Several mistakes under one line.
  static Page problems(Page page, String command, List<Problem> problems) {
    page.line(
        page.style(Style.RED, command + ": ")
            + (problems.size() == 1
                ? "this cannot be done"
                : problems.size() + " things cannot be done")
            + "; nothing was written");
    problems.forEach(problem -> describe(page, problem));
    return page;
  }

  /// Results that could not be written while a run was under way.
  static Page notWritten(Page page, String command, Problem problem) {
    page.line(
        page.style(Style.RED, command + ": ")
            + "results could not be written; what was written before is kept");
    describe(page, problem);
    return page;
  }

  private static void describe(Page page, Problem problem) {
    page.line("");
    page.line(
        "  "
            + page.style(Style.BOLD, printable(problem.field()))
            + "  got "
            + printable(problem.given()));
    page.line("    expected " + printable(problem.expected()));
    page.line(page.style(Style.FAINT, "    " + printable(problem.hint())));
  }

  /// An error nobody foresaw.
  static Page unexpected(Page page, String command, Throwable error, boolean verbose) {
    String message =
        error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    page.line(page.style(Style.RED, command + ": ") + printable(message));
    if (verbose) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(page::line);
    } else {
      page.line(
          "  This is a mistake in Mneme or trouble with the machine. Run it again with -v to see"
              + " where it happened.");
    }
    return page;
  }

  private static String printable(String text) {
    return Printable.of(text, '?');
  }
}
