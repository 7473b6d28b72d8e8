package dev.mneme.app.command;

import dev.mneme.app.output.ColorMode;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Standard;
import picocli.CommandLine.Option;

/// Options that every command has.
public final class CommonOptions {
  @Option(
      names = {"-v", "--verbose"},
      description = "Say more: log messages, and where an error comes from.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say less: no progress, only the result and errors.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description =
          "Colours: ${COMPLETION-CANDIDATES} (on a terminal, unless NO_COLOR is set). Default:"
              + " auto.")
  private ColorMode color = ColorMode.auto;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  boolean verbose() {
    return verbose;
  }

  boolean quiet() {
    return quiet;
  }

  /// Sets what the log shows. Before the first logger is made; later calls change nothing.
  void setUpLogging() {
    System.setProperty(
        "org.slf4j.simpleLogger.defaultLogLevel", verbose ? "debug" : quiet ? "error" : "warn");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
  }

  /// An empty page for the output stream.
  Page outPage(Standard standard) {
    return new Page(
        color.enabled(standard.outIsTerminal(), noColor(standard)),
        standard.canShow(standard.out()),
        standard.columns());
  }

  /// An empty page for the error stream.
  Page errPage(Standard standard) {
    return new Page(
        color.enabled(standard.errIsTerminal(), noColor(standard)),
        standard.canShow(standard.err()),
        standard.columns());
  }

  private static String noColor(Standard standard) {
    return standard.environment().getOrDefault("NO_COLOR", "");
  }
}
