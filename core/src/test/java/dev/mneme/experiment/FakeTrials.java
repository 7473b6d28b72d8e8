package dev.mneme.experiment;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Results made up for tests of decisions, without training.
final class FakeTrials {
  static final GptConfig MODEL = GptConfig.of(1, 8, 16, 8);
  static final TrainingPlan TRAINING =
      new TrainingPlan(
          1000,
          16,
          new LearningRateSchedule(0.01, 0.05, 0.3, LearningRateSchedule.Decay.COSINE),
          new AdamW(0.9, 0.99, 1e-8, 0),
          Initialization.GPT2,
          3);
  static final Provenance NOWHERE =
      new Provenance(
          new EngineIdentity("fake", 1, 64, "fp64"),
          "data",
          "0",
          "java",
          "os",
          "cpu",
          1.5,
          OptionalDouble.of(1.25),
          3000);

  private FakeTrials() {}

  /// Five sizes a factor √2 apart; the first of three seeds scans, all are run at the peak.
  static CapacityPlan plan() {
    return new CapacityPlan(
        TRAINING,
        List.of(0.5, 0.7071, 1.0, 1.4142, 2.0),
        Math.sqrt(2),
        12,
        List.of(1L, 2L, 3L),
        1,
        List.of(0.5, 0.25, 2.0),
        3,
        1,
        0,
        0.02);
  }

  static TrialResult.Finished finished(TrialSpecification trial, double net) {
    Memorization training =
        new Memorization(new Bits(1e6), new Bits(net), new Bits(Math.max(0, net)), new Bits(1));
    Memorization fresh = new Memorization(new Bits(1e6), new Bits(-net), Bits.ZERO, new Bits(1));
    return new TrialResult.Finished(
        trial,
        id(trial),
        NOWHERE,
        training,
        fresh,
        fresh,
        new Bits(1e6),
        List.of(new CurvePoint(trial.plan().steps(), new Bits(net))));
  }

  static TrialResult diverged(TrialSpecification trial) {
    return new TrialResult.Diverged(trial, id(trial), NOWHERE, 17, "a gradient is not finite");
  }

  static TrialResult failed(TrialSpecification trial) {
    return new TrialResult.Failed(trial, id(trial), NOWHERE, "out of memory");
  }

  static String id(TrialSpecification trial) {
    return "id-"
        + trial.sequences()
        + "-"
        + trial.plan().schedule().peak()
        + "-"
        + trial.plan().steps()
        + "-"
        + trial.seed();
  }

  /// Answers at once and remembers what was asked.
  static final class Executor implements TrialExecutor {
    private final Function<TrialSpecification, TrialResult> answers;
    final List<TrialSpecification> asked = new ArrayList<>();

    Executor(Function<TrialSpecification, TrialResult> answers) {
      this.answers = answers;
    }

    @Override
    public synchronized List<TrialResult> run(
        List<TrialSpecification> trials, TrialListener listener, BooleanSupplier stop) {
      List<TrialResult> results = new ArrayList<>();
      for (TrialSpecification trial : trials) {
        if (stop.getAsBoolean()) {
          break;
        }
        asked.add(trial);
        TrialResult result = answers.apply(trial);
        listener.ended(TrialOutcome.of(result));
        results.add(result);
      }
      return results;
    }

    @Override
    public int parallelism() {
      return 1;
    }
  }
}
