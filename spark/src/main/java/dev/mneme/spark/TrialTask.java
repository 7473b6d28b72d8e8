package dev.mneme.spark;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.EngineCatalog;
import dev.mneme.experiment.ModelSink;
import dev.mneme.experiment.TrialCheckpoints;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialOutcomeBytes;
import dev.mneme.experiment.TrialRunner;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/// Runs one trial on a worker: a specification as text in, the outcome as bytes out.
///
/// @param engineName name of the engine whose bits are wanted
/// @param numericsVersion version of its arithmetic
/// @param vectorBits width of its vectors, whatever those of the worker are
/// @param precision of its weights
/// @param checkpointFolder where checkpoints go; empty for none
/// @param checkpointMillis least time between two of them
record TrialTask(
    String engineName,
    int numericsVersion,
    int vectorBits,
    String precision,
    String checkpointFolder,
    long checkpointMillis)
    implements Function<String, byte[]>, Serializable {

  static TrialTask of(EngineIdentity engine, Optional<Path> checkpoints, Duration every) {
    return new TrialTask(
        engine.name(),
        engine.numericsVersion(),
        engine.vectorBits(),
        engine.precision(),
        checkpoints.map(Path::toString).orElse(""),
        every.toMillis());
  }

  @Override
  public byte[] call(String specification) {
    Engine engine =
        EngineCatalog.of(new EngineIdentity(engineName, numericsVersion, vectorBits, precision));
    TrialRunner runner =
        checkpointFolder.isEmpty()
            ? TrialRunner.on(engine)
            : TrialRunner.on(
                engine,
                ModelSink.NONE,
                new TrialCheckpoints(
                    Path.of(checkpointFolder), Duration.ofMillis(checkpointMillis)));
    TaskContext task = TaskContext.get();
    Optional<TrialOutcome> outcome =
        runner.run(
            TrialJson.readSpecification(specification), TrialListener.NONE, task::isInterrupted);
    // a task that was told to stop has left its checkpoint and has nothing to give back
    return outcome
        .map(TrialOutcomeBytes::write)
        .orElseThrow(() -> new IllegalStateException("the trial was given up"));
  }
}
