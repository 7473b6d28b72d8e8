package dev.mneme.app;

import dev.mneme.app.command.CommandLines;
import dev.mneme.app.command.Engines;
import dev.mneme.app.output.Standard;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jline.utils.Signals;

/// The program `mneme`.
public final class Mneme {
  private Mneme() {}

  /// Runs a command and ends the process with its status, see [ExitStatus].
  public static void main(String[] arguments) {
    StopSignal stop = new StopSignal();
    for (String name : List.of("INT", "TERM")) {
      Signals.register(name, () -> stopOrLeave(stop));
    }
    Program program =
        new Program(
            Standard.ofProcess(),
            stop,
            Engines::create,
            Path.of(""),
            Clock.systemDefaultZone(),
            Runtime.getRuntime().availableProcessors());
    System.exit(CommandLines.of(program).execute(arguments));
  }

  /// The first signal asks for an end in order, so that what is finished is written; the second one
  /// does not wait for it. (A shutdown hook would not do: while the virtual machine goes down, no
  /// picture can be drawn.)
  private static void stopOrLeave(StopSignal stop) {
    if (stop.getAsBoolean()) {
      Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
    }
    stop.raise();
  }
}
