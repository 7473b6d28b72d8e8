package dev.mneme.experiment;

import dev.mneme.data.TokenDataset;
import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineFailureException;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.TrainableModel;
import dev.mneme.experiment.TrialCheckpoints.Resumed;
import dev.mneme.experiment.TrialCheckpoints.Slot;
import dev.mneme.measure.Ceiling;
import dev.mneme.measure.Memorization;
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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs trials on an engine: gets data, trains, and scores the training set before, along the way
/// and after, and unseen data after. A trial that left a checkpoint goes on from there, to the same
/// bits.
final class EngineTrialRunner implements TrialRunner {
  private final Engine engine;
  private final TrialData data;
  private final ModelSink models;
  private final Optional<TrialCheckpoints> checkpoints;
  private final MachineFacts machine = MachineFacts.read();

  /// @param checkpoints where trials leave their checkpoints; without it they leave none
  EngineTrialRunner(
      Engine engine, TrialData data, ModelSink models, Optional<TrialCheckpoints> checkpoints) {
    this.engine = engine;
    this.data = data;
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
    } catch (EngineFailureException e) {
      return Optional.of(attempt.failed(String.valueOf(e.getMessage())));
    } catch (StorageException e) {
      throw e; // a full disk is no property of the trial
    } catch (RuntimeException e) {
      return Optional.of(attempt.failed(e.toString()));
    }
  }

  /// One trial on its way.
  private final class Attempt {
    private final TrialSpecification trial;
    private final String id;
    private final long startedAt = System.nanoTime();
    private final OptionalLong processorAtStart = processorTime();
    private String dataHash = "none"; // until the data are drawn
    private TrialHistory earlier = TrialHistory.NONE; // in sittings before this one
    private long step;

    Attempt(TrialSpecification trial) {
      this.trial = trial;
      this.id = TrialIdentity.of(trial, engine.identity());
    }

    Optional<TrialOutcome> finish(TrialListener listener, BooleanSupplier stop) {
      TokenDataset training = data.training(trial);
      dataHash = training.contentHash();
      TrainingTask task =
          new TrainingTask(
              trial.model(),
              training,
              trial.plan(),
              new Seed(trial.seed()),
              data.scored(trial, training));
      Trainer trainer = new Trainer(engine);
      Optional<Slot> slot = checkpoints.map(all -> all.slot(id));
      Optional<Resumed> resumed = slot.flatMap(own -> own.resume(engine.identity(), task));
      TrialHistory history = resumed.map(Resumed::history).orElse(TrialHistory.NONE);
      earlier = history;
      step = resumed.map(left -> left.checkpoint().step()).orElse(0L);

      TrainableModel fresh = trainer.initialModel(task);
      Memorization untrained;
      try (fresh) {
        untrained = memorization(training, Scoring.codeLengths(fresh, training));
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
      CurveKeeper curve = new CurveKeeper(trial, history.curve(), task.scored(), model, listener);
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
          yield Optional.of(measured(model, task.data(), untrained, curve));
        }
      };
    }

    private TrialOutcome measured(
        TrainableModel model, TokenDataset trained, Memorization untrained, CurveKeeper curve) {
      CodeLengths training = curve.last().orElseGet(() -> Scoring.codeLengths(model, trained));
      TokenDataset unseen = data.unseen(trial);
      CodeLengths fresh = Scoring.codeLengths(model, unseen);
      TrialResult result =
          new TrialResult.Finished(
              trial,
              id,
              provenance(),
              memorization(trained, training),
              memorization(unseen, fresh),
              untrained,
              Ceiling.of(trained),
              curve.points);
      if (!models.equals(ModelSink.NONE)) { // three vectors of the size of the model
        models.finished(trial, new ModelWeights(trial.model(), model.weights()));
      }
      return new TrialOutcome(
          result,
          Optional.of(
              new SampleScores(training, fresh, data.probe(trial, model, training, fresh))));
    }

    private Checkpointing everyInterval(Slot slot, CurveKeeper curve) {
      long interval = checkpoints.orElseThrow().interval().toNanos();
      return new Checkpointing(
          new IntervalClock(interval)::passed,
          (TrainingCheckpoint checkpoint) -> slot.save(checkpoint, history(curve.points)));
    }

    private TrialHistory history(List<CurvePoint> curve) {
      return new TrialHistory(seconds(), coreSeconds(), curve);
    }

    private double seconds() {
      return earlier.seconds() + (System.nanoTime() - startedAt) * 1e-9;
    }

    /// Of all sittings; unknown where one of them could not say.
    private OptionalDouble coreSeconds() {
      OptionalLong now = processorTime();
      return earlier.coreSeconds().isEmpty() || processorAtStart.isEmpty() || now.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              earlier.coreSeconds().getAsDouble()
                  + (now.getAsLong() - processorAtStart.getAsLong()) * 1e-9);
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
          coreSeconds(),
          TrialCost.trainedTokens(trial, step));
    }
  }

  private static Memorization memorization(TokenDataset data, CodeLengths codeLengths) {
    return Memorization.ofRandomTokens(data, codeLengths);
  }

  /// Nanoseconds that this thread has computed, where the JVM can tell.
  private static OptionalLong processorTime() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? OptionalLong.of(threads.getCurrentThreadCpuTime())
        : OptionalLong.empty();
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
  private final class CurveKeeper implements TrainingListener {
    private final TrialSpecification trial;
    private final TokenDataset scored;
    private final TrainableModel model;
    private final ProgressMeter meter;
    private final List<CurvePoint> points;
    private @Nullable CodeLengths last;

    CurveKeeper(
        TrialSpecification trial,
        List<CurvePoint> earlier,
        TokenDataset scored,
        TrainableModel model,
        TrialListener listener) {
      this.trial = trial;
      this.scored = scored;
      this.model = model;
      this.meter = new ProgressMeter(trial, listener);
      this.points = new ArrayList<>(earlier);
    }

    @Override
    public void stepDone(long step, Bits codeLength, long positions) {
      meter.stepped(step, codeLength);
    }

    @Override
    public void curvePoint(long step, CodeLengths codeLengths) {
      boolean whole = scored.count() == trial.sequences();
      if (step == trial.plan().steps() && whole) {
        last = codeLengths;
      }
      Bits net = memorization(scored, codeLengths).net();
      points.add(
          new CurvePoint(
              step,
              whole ? net : net.times((double) trial.sequences() / scored.count()),
              heldOut()));
    }

    private Optional<Bits> heldOut() {
      if (trial.data() instanceof DataSource.RandomSource) {
        return Optional.empty();
      }
      TokenDataset unseen = data.unseen(trial);
      return Optional.of(memorization(unseen, Scoring.codeLengths(model, unseen)).net());
    }

    /// The scores of the whole training set after the last step, where they were made.
    Optional<CodeLengths> last() {
      return Optional.ofNullable(last);
    }
  }
}
