package dev.mneme.app;

import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.output.Standard;
import dev.mneme.engine.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/// What a command works with. Everything that touches the outside comes in here, so that tests can
/// put something else in its place.
///
/// @param standard streams
/// @param stop raised by Ctrl-C
/// @param engines makes the engine that was asked for
/// @param folder where relative paths start
/// @param clock for the names of run folders; never for results
/// @param processors how many there are
public record Program(
    Standard standard,
    StopSignal stop,
    Function<EngineChoice, Engine> engines,
    Path folder,
    Clock clock,
    int processors) {}
