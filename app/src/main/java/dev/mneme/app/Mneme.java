package dev.mneme.app;

import dev.mneme.app.command.CommandLines;
import dev.mneme.app.command.Engines;
import dev.mneme.app.output.Standard;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The program `mneme`.
public final class Mneme {
  private static final int SECONDS_TO_FINISH = 30;

  private Mneme() {}

  /// Runs a command and ends the process with its status, see [ExitStatus].
  public static void main(String[] arguments) {
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    // Ctrl-C starts the virtual machine's shutdown; it waits here until what is finished is
    // written.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.raise();
                  try {
                    if (!ended.await(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                      System.err.println("mneme: gave up waiting for a running trial");
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop"));
    int status = ExitStatus.INTERNAL_ERROR;
    try {
      Program program =
          new Program(
              Standard.ofProcess(),
              stop,
              Engines::create,
              Path.of(""),
              Clock.systemDefaultZone(),
              Runtime.getRuntime().availableProcessors());
      status = CommandLines.of(program).execute(arguments);
    } finally {
      ended.countDown();
    }
    System.exit(status);
  }
}
