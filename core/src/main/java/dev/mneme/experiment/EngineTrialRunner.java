package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.Engine;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.TrainableModel;
import dev.mneme.experiment.TrialCheckpoints.Resumed;
import dev.mneme.experiment.TrialCheckpoints.Slot;
import dev.mneme.measure.Ceiling;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.random.Seed;
import dev.mneme.training.Checkpointing;
import dev.mneme.training.Scoring;
import dev.mneme.training.Trainer;
import dev.mneme.training.TrainingCheckpoint;
import dev.mneme.training.TrainingListener;
import dev.mneme.training.TrainingOutcome;
import dev.mneme.training.TrainingTask;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs trials on an engine: draws data, trains, and scores the training set before, along the way
/// and after, and fresh data of the same size after. A trial that left a checkpoint goes on from
/// there, to the same bits.
final class EngineTrialRunner implements TrialRunner {
  /// Purposes of the random streams: training data and fresh control data come from different ones.
  static final String TRAINING_DATA = "data";

  static final String FRESH_DATA = "fresh";

  private final Engine engine;
  private final ModelSink models;
  private final Optional<TrialCheckpoints> checkpoints;
  private final MachineFacts machine = MachineFacts.read();

  /// @param checkpoints where trials leave their checkpoints; without it they leave none
  EngineTrialRunner(Engine engine, ModelSink models, Optional<TrialCheckpoints> checkpoints) {
    this.engine = engine;
    this.models = models;
    this.checkpoints = checkpoints;
  }

  @Override
  public Optional<TrialOutcome> run(
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
    } catch (StorageException e) {
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
    private final String id;
    private final long startedAt = System.nanoTime();
    private String dataHash = "none"; // until the data are drawn
    private double earlierSeconds; // in sittings before this one
    private long step;

    Attempt(TrialSpecification trial) {
      this.trial = trial;
      this.id = TrialIdentity.of(trial, engine.identity());
    }

    Optional<TrialOutcome> finish(TrialListener listener, BooleanSupplier stop) {
      TokenDataset data = tokens(trial, TRAINING_DATA);
      dataHash = data.contentHash();
      TrainingTask task =
          new TrainingTask(trial.model(), data, trial.plan(), new Seed(trial.seed()));
      Trainer trainer = new Trainer(engine);
      Optional<Slot> slot = checkpoints.map(all -> all.slot(id));
      Optional<Resumed> resumed = slot.flatMap(own -> own.resume(engine.identity(), task));
      TrialHistory history = resumed.map(Resumed::history).orElse(TrialHistory.NONE);
      earlierSeconds = history.seconds();
      step = resumed.map(left -> left.checkpoint().step()).orElse(0L);

      TrainableModel fresh = trainer.initialModel(task);
      Memorization untrained;
      try (fresh) {
        untrained = memorization(data, Scoring.codeLengths(fresh, data));
        if (resumed.isEmpty()) {
          return train(fresh, task, trainer, history, untrained, slot, listener, stop);
        }
      }
      try (TrainableModel model = trainer.restoredModel(task, resumed.get().checkpoint())) {
        return train(model, task, trainer, history, untrained, slot, listener, stop);
      }
    }

    /// Trains from wherever the model is to the end, and measures.
    private Optional<TrialOutcome> train(
        TrainableModel model,
        TrainingTask task,
        Trainer trainer,
        TrialHistory history,
        Memorization untrained,
        Optional<Slot> slot,
        TrialListener listener,
        BooleanSupplier stop) {
      CurveKeeper curve =
          new CurveKeeper(history.curve(), untrained.entropy(), new ProgressMeter(trial, listener));
      Checkpointing checkpointing =
          slot.map(own -> everyInterval(own, curve)).orElse(Checkpointing.NEVER);
      TrainingOutcome outcome = trainer.train(model, task, step, curve, checkpointing, stop);
      return switch (outcome) {
        case TrainingOutcome.Interrupted interrupted -> {
          if (interrupted.step() > step) { // otherwise it stands where it stood
            slot.ifPresent(own ->
                own.save(
                    trainer.checkpoint(model, task, interrupted.step()), history(curve.points)));
          }
          yield Optional.empty();
        }
        case TrainingOutcome.Diverged diverged -> {
          step = diverged.step();
          yield Optional.of(diverged(diverged.reason()));
        }
        case TrainingOutcome.Completed completed -> {
          step = completed.step();
          yield Optional.of(measured(model, task.data(), untrained, curve.points));
        }
      };
    }

    private TrialOutcome measured(
        TrainableModel model, TokenDataset data, Memorization untrained, List<CurvePoint> curve) {
      CodeLengths training = Scoring.codeLengths(model, data);
      TokenDataset unseen = tokens(trial, FRESH_DATA);
      CodeLengths fresh = Scoring.codeLengths(model, unseen);
      TrialResult result =
          new TrialResult.Finished(
              trial,
              id,
              provenance(),
              memorization(data, training),
              memorization(unseen, fresh),
              untrained,
              Ceiling.of(data),
              curve);
      if (!models.equals(ModelSink.NONE)) { // three vectors of the size of the model
        models.finished(trial, new ModelWeights(trial.model(), model.state().parameters()));
      }
      return new TrialOutcome(result, Optional.of(new SampleScores(training, fresh)));
    }

    private Checkpointing everyInterval(Slot slot, CurveKeeper curve) {
      long interval = checkpoints.orElseThrow().interval().toNanos();
      return new Checkpointing(
          new IntervalClock(interval)::passed,
          (TrainingCheckpoint checkpoint) -> slot.save(checkpoint, history(curve.points)));
    }

    private TrialHistory history(List<CurvePoint> curve) {
      return new TrialHistory(seconds(), curve);
    }

    private double seconds() {
      return earlierSeconds + (System.nanoTime() - startedAt) * 1e-9;
    }

    TrialOutcome diverged(String reason) {
      return TrialOutcome.of(new TrialResult.Diverged(trial, id, provenance(), step, reason));
    }

    TrialOutcome failed(String reason) {
      return TrialOutcome.of(new TrialResult.Failed(trial, id, provenance(), reason));
    }

    private Provenance provenance() {
      return new Provenance(
          engine.identity(),
          dataHash,
          machine.mnemeVersion(),
          machine.java(),
          machine.operatingSystem(),
          machine.processor(),
          seconds(),
          TrialCost.trainedTokens(trial, step));
    }
  }

  private static Memorization memorization(TokenDataset data, CodeLengths codeLengths) {
    return Memorization.ofRandomTokens(data, codeLengths);
  }

  /// Says when wall time has passed since the last time it said so.
  private static final class IntervalClock {
    private final long nanoseconds;
    private long last = System.nanoTime();

    IntervalClock(long nanoseconds) {
      this.nanoseconds = nanoseconds;
    }

    boolean passed(long step) {
      long now = System.nanoTime();
      if (now - last < nanoseconds) {
        return false;
      }
      last = now;
      return true;
    }
  }

  /// Keeps the curve and passes news on.
  private static final class CurveKeeper implements TrainingListener {
    private final Bits entropy;
    private final ProgressMeter meter;
    private final List<CurvePoint> points;

    CurveKeeper(List<CurvePoint> earlier, Bits entropy, ProgressMeter meter) {
      this.entropy = entropy;
      this.meter = meter;
      this.points = new ArrayList<>(earlier);
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
