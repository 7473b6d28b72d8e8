package dev.mneme.spark;

import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.experiment.ModelSink;
import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.InvalidConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/// Runs one trial on a worker: from the JSON of its specification to the bytes of a [TaskAnswer].
/// Never throws, because Spark would run the task again; that is for lost workers alone.
///
/// @param engineName see [EngineIdentity], as are the next three
/// @param checkpoints where trials leave off
/// @param progress tells the driver how far the trial is
record TrialTask(
    String engineName,
    int numericsVersion,
    int vectorBits,
    String precision,
    TaskCheckpoints checkpoints,
    ProgressAccumulator progress)
    implements Function<String, byte[]> {

  static TrialTask on(
      EngineIdentity engine, TaskCheckpoints checkpoints, ProgressAccumulator progress) {
    return new TrialTask(
        engine.name(),
        engine.numericsVersion(),
        engine.vectorBits(),
        engine.precision(),
        checkpoints,
        progress);
  }

  @Override
  public byte[] call(String specification) {
    TaskAnswer answer;
    try {
      answer = run(TrialJson.readSpecification(specification));
    } catch (StorageException e) {
      answer = new TaskAnswer.NoStorage(e.problem());
    } catch (InvalidConfigurationException e) {
      answer = new TaskAnswer.Unfit(e.problems().getFirst());
    } catch (RuntimeException | Error e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      answer = new TaskAnswer.Mistake(trace.toString());
    }
    return TaskAnswerBytes.write(answer);
  }

  private TaskAnswer run(TrialSpecification trial) {
    Engine engine =
        WorkerEngine.of(
            new EngineIdentity(engineName, numericsVersion, vectorBits, precision),
            VectorWidth.preferred());
    TrialRunner runner =
        checkpoints
            .visible()
            .map(visible -> TrialRunner.on(engine, ModelSink.NONE, visible))
            .orElseGet(() -> TrialRunner.on(engine));
    TrialListener listener =
        new TrialListener() {
          @Override
          public void progressed(TrialProgress news) {
            progress.add(
                new TaskProgress(news.step(), news.trainedTokens(), news.bitsPerParameter()));
          }
        };
    TaskContext context = TaskContext.get();
    Optional<TrialOutcome> outcome = runner.run(trial, listener, context::isInterrupted);
    return outcome.<TaskAnswer>map(TaskAnswer.Ended::new).orElseGet(TaskAnswer.GivenUp::new);
  }
}
