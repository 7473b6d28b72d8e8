package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.Engine;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.TrainableModel;
import dev.mneme.measure.Ceiling;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
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
  private final MachineFacts machine = MachineFacts.read();

  EngineTrialRunner(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Optional<TrialResult> run(TrialSpecification trial, TrialListener listener, BooleanSupplier stop) {
    Attempt attempt = new Attempt(trial);
    try {
      return attempt.finish(listener, stop);
    } catch (NonFiniteException e) {
      return Optional.of(attempt.diverged(String.valueOf(e.getMessage())));
    } catch (OutOfMemoryError e) {
      return Optional.of(
          attempt.failed(
              "out of memory with " + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MiB for the JVM; raise that with -Xmx or run fewer threads"));
    } catch (RuntimeException e) {
      return Optional.of(attempt.failed(e.toString()));
    }
  }

  /// A training set and everything it is trained from are drawn from these.
  static TokenDataset tokens(TrialSpecification trial, String purpose) {
    GptConfig model = trial.model();
    return RandomTokens.generate(
        new Seed(trial.seed()), purpose, model.vocabularySize(), model.contextLength(), trial.sequences());
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
      double[] start = trial.plan().initialization().draw(ParameterLayout.of(trial.model()), seed);
      try (TrainableModel model = engine.create(trial.model(), start)) {
        Memorization untrained = Scoring.memorization(model, data);
        List<CurvePoint> curve = new ArrayList<>();
        ProgressMeter meter = new ProgressMeter(trial, listener);
        TrainingLoop loop = new TrainingLoop(model, data, trial.plan(), seed);
        if (!loop.run(observer(model, data, meter, curve), stop)) {
          return Optional.empty();
        }
        Memorization training = Scoring.memorization(model, data);
        curve.add(new CurvePoint(step, training.net()));
        Memorization fresh = Scoring.memorization(model, tokens(trial, FRESH_DATA));
        return Optional.of(
            new TrialResult.Finished(
                trial, id(), provenance(), training, fresh, untrained, Ceiling.of(data), curve));
      }
    }

    private TrainingLoop.Observer observer(
        TrainableModel model, TokenDataset data, ProgressMeter meter, List<CurvePoint> curve) {
      return new TrainingLoop.Observer() {
        @Override
        public void begins(long next) {
          step = next;
        }

        @Override
        public void done(long done, Bits batch) {
          meter.stepped(done, batch);
        }

        @Override
        public void wantsPoint(long done) {
          if (done < trial.plan().steps()) { // the end is scored anyway
            curve.add(new CurvePoint(done, Scoring.memorization(model, data).net()));
          }
        }
      };
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
          engine.identity(), dataHash, machine.mnemeVersion(), machine.java(), machine.operatingSystem(),
          machine.processor(), (System.nanoTime() - startedAt) * 1e-9, TrialCost.trainedTokens(trial, step));
    }
  }
}
