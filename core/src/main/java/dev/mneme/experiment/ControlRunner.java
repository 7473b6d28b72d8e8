package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /// What control 5 codes in a capacity run: a thousandth of it is clearly more than its 64 bits of
  /// slack.
  private static final double CODED_BITS = 1e5;

  private static final Logger LOG = LoggerFactory.getLogger(ControlRunner.class);

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
    TokenDataset data = tokens(config, seed, TrialData.Drawn.TRAINING, sequences);
    TrainingTask task = new TrainingTask(config, data, plan, seed);
    List<Control> controls = new ArrayList<>();
    try (TrainableModel model = new Trainer(engine).initialModel(task)) {
      Memorization untrained = score(model, data);
      if (train(model, task, stop)) {
        Memorization training = score(model, data);
        Memorization fresh = score(model, tokens(config, seed, TrialData.Drawn.FRESH, sequences));
        controls.add(Controls.freshData(fresh, training));
        tinySet(config, seed, stop).ifPresent(controls::add);
        controls.add(Controls.untrainedModel(untrained));
        controls.add(uniformModel(config, data));
        controls.add(arithmeticCoder(model, data, Math.min(sequences, 64)));
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
    attempt(() -> tinySet(report.model(), seed, stop)).ifPresent(controls::add);
    for (TrialResult.Finished trial : report.peakTrials()) {
      controls.add(Controls.untrainedModel(trial.untrained()));
    }
    attempt(() ->
            Optional.of(
                uniformModel(
                    report.model(),
                    tokens(report.model(), seed, "uniform control", MOST_TINY_SEQUENCES))))
        .ifPresent(controls::add);
    attempt(() -> arithmeticCoder(report.model(), seed, stop)).ifPresent(controls::add);
    return new ControlReport(controls);
  }

  /// A control that cannot be made is missing, which the report shows; it must not cost the results
  /// of hours.
  private static Optional<Control> attempt(Supplier<Optional<Control>> control) {
    try {
      return control.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("a control could not be made: {}", e.toString());
      return Optional.empty();
    }
  }

  // --- the controls ---

  private Optional<Control> tinySet(GptConfig config, Seed seed, BooleanSupplier stop) {
    Bits capacity = PredictedSize.PREDICTED.times(config.parameterCount().total());
    Bits perToken = Bits.toChoose(config.vocabularySize());
    int sequences =
        Math.min(
            MOST_TINY_SEQUENCES,
            Controls.tinySetSize(capacity, perToken.times(config.contextLength())));
    int length = config.contextLength();
    if (sequences < 1) { // a whole sequence is too much: the beginning of one will do
      sequences = 1;
      length = Controls.tinySetSize(capacity, perToken);
    }
    if (length < 1) {
      return Optional.empty();
    }
    TokenDataset data =
        RandomTokens.generate(seed, "tiny control", config.vocabularySize(), length, sequences);
    TrainingTask task = new TrainingTask(config, data, plan(400, sequences, 0.005), seed);
    try (TrainableModel model = new Trainer(engine).initialModel(task)) {
      return train(model, task, stop)
          ? Optional.of(Controls.tinySet(score(model, data), Ceiling.of(data), capacity))
          : Optional.empty();
    }
  }

  /// Codes some [#CODED_BITS] with a model that has only begun to learn them: a memorized set would
  /// take next to nothing, and no coder could be far off.
  private Optional<Control> arithmeticCoder(GptConfig config, Seed seed, BooleanSupplier stop) {
    double perSequence = Bits.toChoose(config.vocabularySize()).value() * config.contextLength();
    int sequences = (int) Math.clamp(Math.ceil(CODED_BITS / perSequence), 1, 4096);
    TokenDataset data = tokens(config, seed, "coder control", sequences);
    TrainingTask task =
        new TrainingTask(config, data, plan(30, Math.min(sequences, 16), 0.005), seed);
    try (TrainableModel model = new Trainer(engine).initialModel(task)) {
      return train(model, task, stop)
          ? Optional.of(arithmeticCoder(model, data, Math.min(sequences, 4)))
          : Optional.empty();
    }
  }

  /// A model whose weights are all zero gives every token the same probability.
  private Control uniformModel(GptConfig config, TokenDataset data) {
    try (TrainableModel model =
        engine.create(config, new double[ParameterLayout.of(config).size()])) {
      return Controls.uniformModel(Scoring.codeLengths(model, data), data);
    }
  }

  /// Compares the size of the coded set with its code length, and decodes the first sequences:
  /// decoding asks the model for every position anew, so a part of the set is enough.
  private static Control arithmeticCoder(TrainableModel model, TokenDataset data, int decoded) {
    CodeLengths lengths = Scoring.codeLengths(model, data);
    ModelCompressor compressor = new ModelCompressor(model);
    CompressedTokens compressed = compressor.compress(data);
    TokenDataset part = data.first(decoded);
    String back = compressor.decompress(compressor.compress(part)).contentHash();
    if (!back.equals(part.contentHash())) {
      return new Control(
          5,
          "arithmetic coder",
          false,
          "Decoding did not give back the " + decoded + " sequences that were coded.",
          0,
          decoded);
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
        new AdamW(0.9, 0.99, 1e-8, 0),
        new Initialization(0.08, 0.08),
        1);
  }
}
