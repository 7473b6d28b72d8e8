package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.DidYouMean;
import dev.mneme.app.config.Setting;
import dev.mneme.app.config.TextSetting;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Standard;
import dev.mneme.data.InvalidDataException;
import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Puts the commands together.
public final class CommandLines {
  private static final String[] EXIT_STATUSES = {
    "0:done",
    "1:a mistake in the program, or trouble with the machine",
    "2:something was asked for that cannot be done; nothing was written",
    "3:capacity not reached: no size plateau, or not converged",
    "4:a control failed: the figures cannot be trusted",
    "5:results could not be written",
    "6:some trials of an experiment failed; all others were run and kept",
    "130:interrupted; what was finished is kept"
  };

  private CommandLines() {}

  /// The whole command line.
  public static CommandLine of(Program program) {
    Standard standard = program.standard();
    CommandLine root = new CommandLine(new RootCommand(program));
    root.addSubcommand(withSettings(new DemoCommand(program), DemoCommand.SETTINGS));
    root.addSubcommand(
        withSettings(new CapacityCommand(program), new LinkedHashSet<>(Setting.ALL)));
    root.addSubcommand(withSettings(new TextCommand(program), TextSetting.ALL));
    root.addSubcommand(new RunCommand(program));
    root.addSubcommand(new ValidateCommand(program));
    root.addSubcommand(new LsCommand(program));
    root.addSubcommand(new ShowCommand(program));
    root.addSubcommand(new QueryCommand(program));
    root.addSubcommand(new ExportCommand(program));
    root.addSubcommand(new ReportCommand(program));
    root.addSubcommand(new WatchCommand(program));
    root.addSubcommand(withSettings(new SelftestCommand(program), SelftestCommand.SETTINGS));
    root.addSubcommand(new InspectCommand(program));
    root.addSubcommand(new QuantizeCommand(program));
    root.addSubcommand(new PredictCommand(program));
    root.addSubcommand(
        new CommandLine(new LawCommand(program))
            .addSubcommand(new LawCapacityCommand(program))
            .addSubcommand(new LawMembershipCommand(program))
            .addSubcommand(new LawConvergenceCommand(program)));
    root.addSubcommand(new CompletionCommand(program));
    Help.Ansi ansi =
        standard.outIsTerminal() && standard.environment().getOrDefault("NO_COLOR", "").isEmpty()
            ? Help.Ansi.ON
            : Help.Ansi.OFF;
    root.setOut(writer(standard.out()));
    root.setErr(writer(standard.err()));
    root.setColorScheme(Help.defaultColorScheme(ansi));
    root.setUsageHelpAutoWidth(false);
    root.setUsageHelpWidth(Math.min(100, standard.columns()));
    root.setUsageHelpLongOptionsMaxWidth(30);
    root.setAbbreviatedOptionsAllowed(false);
    for (CommandLine command : all(root)) {
      command.getCommandSpec().usageMessage().exitCodeListHeading("%n@|bold Exit status|@%n");
      command
          .getCommandSpec()
          .usageMessage()
          .exitCodeList(
              java.util.Arrays.stream(EXIT_STATUSES)
                  .collect(
                      java.util.LinkedHashMap::new,
                      (map, line) ->
                          map.put(
                              " " + line.substring(0, line.indexOf(':')),
                              line.substring(line.indexOf(':') + 1)),
                      java.util.LinkedHashMap::putAll));
      command.getCommandSpec().usageMessage().sortOptions(false);
    }
    root.setParameterExceptionHandler((problem, arguments) -> usage(program, problem));
    root.setExecutionExceptionHandler((error, command, result) -> failed(program, error, command));
    return root;
  }

  private static CommandLine withSettings(Object command, Collection<Setting<?>> settings) {
    CommandLine line = new CommandLine(command);
    SettingOptions.addTo(line.getCommandSpec(), settings);
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  private static List<CommandLine> all(CommandLine root) {
    List<CommandLine> commands = new ArrayList<>(List.of(root));
    root.getSubcommands().values().forEach(command -> commands.addAll(all(command)));
    return commands;
  }

  private static int usage(Program program, ParameterException error) {
    CommandSpec command = error.getCommandLine().getCommandSpec();
    String name = command.qualifiedName();
    String hint = "See " + name + " --help.";
    Problem problem;
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String given = unmatched.getUnmatched().getFirst();
      boolean option = given.startsWith("-");
      Set<String> known =
          option ? command.optionsMap().keySet() : error.getCommandLine().getSubcommands().keySet();
      String expected =
          option
              ? "an option of " + name
              : known.isEmpty() ? "options only" : "a command: " + String.join(", ", known);
      String word = given.contains("=") ? given.substring(0, given.indexOf('=')) : given;
      String suggestion =
          DidYouMean.closest(word, known).map(close -> "Did you mean " + close + "? ").orElse("");
      problem = new Problem(option ? "option" : "command", given, expected, suggestion + hint);
    } else {
      String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
      problem =
          new Problem("command line", message, "options as " + name + " --help shows them", hint);
    }
    return print(
        program,
        ErrorReport.problems(plainErrPage(program.standard()), name, List.of(problem)),
        ExitStatus.USAGE);
  }

  private static int failed(Program program, Exception error, CommandLine command) {
    CommonOptions options =
        command.getCommand() instanceof HasCommonOptions common
            ? common.commonOptions()
            : new CommonOptions();
    Page page = options.errPage(program.standard());
    String name = command.getCommandSpec().qualifiedName();
    if (error instanceof UsageException usage) {
      return print(program, ErrorReport.problems(page, name, usage.problems()), ExitStatus.USAGE);
    }
    if (error instanceof InvalidDataException data) {
      return print(
          program,
          ErrorReport.problems(page, name, UsageException.of(data).problems()),
          ExitStatus.USAGE);
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException folder) {
        return print(
            program, ErrorReport.notWritten(page, name, folder.problem()), ExitStatus.NOT_WRITTEN);
      }
    }
    return print(
        program,
        ErrorReport.unexpected(page, name, error, options.verbose()),
        ExitStatus.INTERNAL_ERROR);
  }

  private static Page plainErrPage(Standard standard) {
    return new CommonOptions().errPage(standard);
  }

  private static int print(Program program, Page page, int status) {
    page.printTo(program.standard().err());
    return status;
  }

  /// A command with [CommonOptions].
  interface HasCommonOptions {
    CommonOptions commonOptions();
  }
}
