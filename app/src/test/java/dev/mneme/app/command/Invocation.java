package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.StopSignal;
import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.output.Standard;
import dev.mneme.engine.Engine;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;

/// One run of the program inside the test's process.
///
/// @param status exit status
/// @param out what it printed as results
/// @param err what it printed beside them
record Invocation(int status, String out, String err) {
  static Invocation of(Path folder, String... arguments) {
    return with(folder, Engines::create, new StopSignal(), StandardCharsets.UTF_8, arguments);
  }

  /// Runs with a stream that hears what is printed beside the results; [#err] stays empty.
  static Invocation listening(Path folder, StopSignal stop, OutputStream err, String... arguments) {
    return with(
        folder,
        Engines::create,
        stop,
        StandardCharsets.UTF_8,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments);
  }

  static Invocation with(
      Path folder,
      Function<EngineChoice, Engine> engines,
      StopSignal stop,
      Charset charset,
      String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Invocation run =
        with(folder, engines, stop, charset, new PrintStream(err, true, charset), arguments);
    return new Invocation(run.status(), run.out(), err.toString(charset));
  }

  private static Invocation with(
      Path folder,
      Function<EngineChoice, Engine> engines,
      StopSignal stop,
      Charset charset,
      PrintStream err,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Standard standard =
        new Standard(
            new PrintStream(out, true, charset), err, false, false, Map.of("COLUMNS", "100"));
    Program program =
        new Program(
            standard,
            stop,
            engines,
            folder,
            Clock.fixed(Instant.parse("2026-11-23T20:00:00Z"), ZoneOffset.UTC),
            2);
    int status = CommandLines.of(program).execute(arguments);
    return new Invocation(status, out.toString(charset), "");
  }
}
