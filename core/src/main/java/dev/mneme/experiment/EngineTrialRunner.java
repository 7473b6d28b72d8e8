package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.Engine;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.TrainableModel;
import dev.mneme.measure.Ceiling;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.random.Seed;
import dev.mneme.training.Scoring;
import dev.mneme.training.Trainer;
import dev.mneme.training.TrainingListener;
import dev.mneme.training.TrainingOutcome;
import dev.mneme.training.TrainingTask;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs trials on an engine: draws data, trains, and scores the training set before, along the way
/// and after, and fresh data of the same size after.
final class EngineTrialRunner implements TrialRunner {
  /// Purposes of the random streams: training data and fresh control data come from different ones.
  static final String TRAINING_DATA = "data";

  static final String FRESH_DATA = "fresh";

  private final Engine engine;
  private final ModelSink models;
  private final MachineFacts machine = MachineFacts.read();

  EngineTrialRunner(Engine engine, ModelSink models) {
    this.engine = engine;
    this.models = models;
  }

  @Override
  public Optional<TrialResult> run(
      TrialSpecification trial, TrialListener listener, BooleanSupplier stop) {
    Attempt attempt = new Attempt(trial);
    try {
      return attempt.finish(listener, stop);
    } catch (NonFiniteException e) {
      return Optional.of(attempt.diverged(String.valueOf(e.getMessage())));
    } catch (OutOfMemoryError e) {
      return Optional.of(
          attempt.failed(
              "out of memory with "
                  + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MiB for the JVM; raise that with -Xmx or run fewer threads"));
    } catch (RunFolderException e) {
      throw e; // a full disk is no property of the trial
    } catch (RuntimeException e) {
      return Optional.of(attempt.failed(e.toString()));
    }
  }

  /// A training set and everything it is trained from are drawn from these.
  static TokenDataset tokens(TrialSpecification trial, String purpose) {
    GptConfig model = trial.model();
    return RandomTokens.generate(
        new Seed(trial.seed()),
        purpose,
        model.vocabularySize(),
        model.contextLength(),
        trial.sequences());
  }

  /// One trial on its way.
  private final class Attempt {
    private final TrialSpecification trial;
    private final long startedAt = System.nanoTime();
    private String dataHash = "none"; // until the data are drawn
    private long step;

    Attempt(TrialSpecification trial) {
      this.trial = trial;
    }

    Optional<TrialResult> finish(TrialListener listener, BooleanSupplier stop) {
      Seed seed = new Seed(trial.seed());
      TokenDataset data = tokens(trial, TRAINING_DATA);
      dataHash = data.contentHash();
      Bits ceiling = Ceiling.of(data);
      TrainingTask task = new TrainingTask(trial.model(), data, trial.plan(), seed);
      Trainer trainer = new Trainer(engine);
      try (TrainableModel model = trainer.initialModel(task)) {
        Memorization untrained = score(model, data);
        CurveKeeper curve =
            new CurveKeeper(untrained.entropy(), new ProgressMeter(trial, listener));
        return switch (trainer.train(model, task, curve, stop)) {
          case TrainingOutcome.Interrupted interrupted -> Optional.empty();
          case TrainingOutcome.Diverged diverged -> {
            step = diverged.step();
            yield Optional.of(diverged(diverged.reason()));
          }
          case TrainingOutcome.Completed completed -> {
            step = completed.step();
            Memorization training = score(model, data);
            Memorization fresh = score(model, tokens(trial, FRESH_DATA));
            TrialResult result =
                new TrialResult.Finished(
                    trial, id(), provenance(), training, fresh, untrained, ceiling, curve.points);
            if (!models.equals(ModelSink.NONE)) { // three vectors of the size of the model
              models.finished(trial, new ModelWeights(trial.model(), model.state().parameters()));
            }
            yield Optional.of(result);
          }
        };
      }
    }

    TrialResult diverged(String reason) {
      return new TrialResult.Diverged(trial, id(), provenance(), step, reason);
    }

    TrialResult failed(String reason) {
      return new TrialResult.Failed(trial, id(), provenance(), reason);
    }

    private String id() {
      return TrialIdentity.of(trial, engine.identity(), dataHash);
    }

    private Provenance provenance() {
      return new Provenance(
          engine.identity(),
          dataHash,
          machine.mnemeVersion(),
          machine.java(),
          machine.operatingSystem(),
          machine.processor(),
          (System.nanoTime() - startedAt) * 1e-9,
          TrialCost.trainedTokens(trial, step));
    }
  }

  private static Memorization score(TrainableModel model, TokenDataset data) {
    return Memorization.ofRandomTokens(data, Scoring.codeLengths(model, data));
  }

  /// Keeps the curve and passes news on.
  private static final class CurveKeeper implements TrainingListener {
    private final Bits entropy;
    private final ProgressMeter meter;
    private final List<CurvePoint> points = new ArrayList<>();

    CurveKeeper(Bits entropy, ProgressMeter meter) {
      this.entropy = entropy;
      this.meter = meter;
    }

    @Override
    public void stepDone(long step, Bits codeLength, long positions) {
      meter.stepped(step, codeLength);
    }

    @Override
    public void curvePoint(long step, Bits codeLength) {
      points.add(new CurvePoint(step, entropy.minus(codeLength)));
    }
  }
}
