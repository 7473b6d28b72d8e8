package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.Engine;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.TrainableModel;
import dev.mneme.measure.Ceiling;
import dev.mneme.measure.CompressedTokens;
import dev.mneme.measure.Control;
import dev.mneme.measure.ControlReport;
import dev.mneme.measure.Controls;
import dev.mneme.measure.Memorization;
import dev.mneme.measure.ModelCompressor;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.Scoring;
import dev.mneme.training.Trainer;
import dev.mneme.training.TrainingListener;
import dev.mneme.training.TrainingOutcome;
import dev.mneme.training.TrainingPlan;
import dev.mneme.training.TrainingTask;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Runs the five controls that say whether figures can be trusted: fresh data, a tiny set, an
/// untrained model, a uniform model and the arithmetic coder.
///
/// A control that could not be made (the stop signal came, training diverged, no trial finished, a
/// tiny set would be empty) is missing from the report, which then has not passed.
public final class ControlRunner {
  /// Model of [#selfTest]: some 18 thousand parameters.
  static final GptConfig SELF_TEST_MODEL = GptConfig.of(1, 32, 64, 16);

  /// Enough for fresh data to be coded clearly worse than by the uniform code.
  static final int SELF_TEST_STEPS = 1500;

  /// Most sequences of a tiny set; a hundred sequences would show no more than these.
  private static final int MOST_TINY_SEQUENCES = 16;

  private final Engine engine;

  public ControlRunner(Engine engine) {
    this.engine = engine;
  }

  /// All five on a small setting, in seconds: fresh data and the coder on a model trained on about
  /// as much data as it can hold.
  ///
  /// @param seed sets data, initialization and order
  public ControlReport selfTest(long seed, BooleanSupplier stop) {
    int sequences = PredictedSize.whole(SELF_TEST_MODEL, PredictedSize.of(SELF_TEST_MODEL));
    return selfTest(
        SELF_TEST_MODEL, sequences, plan(SELF_TEST_STEPS, 64, 0.01), new Seed(seed), stop);
  }

  /// All five for a model.
  ///
  /// @param sequences of the set that stands for a capacity run
  /// @param plan how the model is trained on it
  ControlReport selfTest(
      GptConfig config, int sequences, TrainingPlan plan, Seed seed, BooleanSupplier stop) {
    TokenDataset data = tokens(config, seed, EngineTrialRunner.TRAINING_DATA, sequences);
    TrainingTask task = new TrainingTask(config, data, plan, seed);
    List<Control> controls = new ArrayList<>();
    try (TrainableModel model = new Trainer(engine).initialModel(task)) {
      Memorization untrained = score(model, data);
      if (train(model, task, stop)) {
        Memorization training = score(model, data);
        Memorization fresh =
            score(model, tokens(config, seed, EngineTrialRunner.FRESH_DATA, sequences));
        controls.add(Controls.freshData(fresh, training));
        tinySet(config, seed, stop).ifPresent(tiny -> controls.add(tiny.control()));
        controls.add(Controls.untrainedModel(untrained));
        controls.add(uniformModel(config, data));
        // decoding asks the model for every position anew: a part of the set is enough
        controls.add(arithmeticCoder(model, data.first(Math.min(sequences, 64))));
      }
    } catch (NonFiniteException e) {
      return new ControlReport(controls); // what is missing has not passed
    }
    return new ControlReport(controls);
  }

  /// The controls that a capacity run carries. Fresh data and the untrained model are judged from
  /// every trial at the peak; the others are small trials with the run's own model.
  public ControlReport forCapacity(CapacityReport report, BooleanSupplier stop) {
    List<Control> controls = new ArrayList<>();
    for (TrialResult.Finished trial : report.peakTrials()) {
      controls.add(Controls.freshData(trial.fresh(), trial.training()));
    }
    Seed seed = new Seed(report.plan().seeds().getFirst());
    Optional<TinySet> tiny = tinySet(report.model(), seed, stop);
    tiny.ifPresent(set -> controls.add(set.control()));
    for (TrialResult.Finished trial : report.peakTrials()) {
      controls.add(Controls.untrainedModel(trial.untrained()));
    }
    controls.add(
        uniformModel(
            report.model(), tokens(report.model(), seed, "uniform control", MOST_TINY_SEQUENCES)));
    tiny.ifPresent(set -> controls.add(set.coder()));
    return new ControlReport(controls);
  }

  // --- the controls ---

  /// Controls 2 and 5, both from a model trained on a tiny set.
  private record TinySet(Control control, Control coder) {}

  private Optional<TinySet> tinySet(GptConfig config, Seed seed, BooleanSupplier stop) {
    Bits capacity = PredictedSize.PREDICTED.times(config.parameterCount().total());
    Bits perSequence = Bits.toChoose(config.vocabularySize()).times(config.contextLength());
    int sequences = Math.min(MOST_TINY_SEQUENCES, Controls.tinySetSize(capacity, perSequence));
    if (sequences < 1) {
      return Optional.empty();
    }
    TokenDataset data = tokens(config, seed, "tiny control", sequences);
    TrainingTask task = new TrainingTask(config, data, plan(400, sequences, 0.005), seed);
    try (TrainableModel model = new Trainer(engine).initialModel(task)) {
      if (!train(model, task, stop)) {
        return Optional.empty();
      }
      return Optional.of(
          new TinySet(
              Controls.tinySet(score(model, data), Ceiling.of(data), capacity),
              arithmeticCoder(model, data)));
    } catch (NonFiniteException e) {
      return Optional.empty();
    }
  }

  /// A model whose weights are all zero gives every token the same probability.
  private Control uniformModel(GptConfig config, TokenDataset data) {
    try (TrainableModel model =
        engine.create(config, new double[ParameterLayout.of(config).size()])) {
      return Controls.uniformModel(Scoring.codeLengths(model, data), data);
    }
  }

  /// Compresses, decodes and compares both data and size.
  ///
  /// @throws IllegalStateException where decoding does not give the data back
  private static Control arithmeticCoder(TrainableModel model, TokenDataset data) {
    CodeLengths lengths = Scoring.codeLengths(model, data);
    ModelCompressor compressor = new ModelCompressor(model);
    CompressedTokens compressed = compressor.compress(data);
    TokenDataset decoded = compressor.decompress(compressed);
    if (!decoded.contentHash().equals(data.contentHash())) {
      throw new IllegalStateException(
          "the arithmetic coder did not give back the data that it was given");
    }
    return Controls.arithmeticCoder(compressed.streamSize(), lengths.total());
  }

  // --- training ---

  private boolean train(TrainableModel model, TrainingTask task, BooleanSupplier stop) {
    return new Trainer(engine).train(model, task, TrainingListener.NONE, stop)
        instanceof TrainingOutcome.Completed;
  }

  private static Memorization score(TrainableModel model, TokenDataset data) {
    return Memorization.ofRandomTokens(data, Scoring.codeLengths(model, data));
  }

  private static TokenDataset tokens(GptConfig config, Seed seed, String purpose, int sequences) {
    return RandomTokens.generate(
        seed, purpose, config.vocabularySize(), config.contextLength(), sequences);
  }

  private static TrainingPlan plan(long steps, int batchSize, double rate) {
    return new TrainingPlan(
        steps,
        batchSize,
        new LearningRateSchedule(rate, 0.05, 0.3, LearningRateSchedule.Decay.COSINE),
        0.9,
        0.99,
        1e-8,
        0,
        new Initialization(0.08, 0.08),
        1);
  }
}
