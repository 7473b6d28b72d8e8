package dev.mneme.experiment;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.model.GptConfig;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names a trial by everything that decides its bits, before it is run: specification, how its data
/// are drawn, and engine.
public final class TrialIdentity {
  private TrialIdentity() {}

  /// SHA-256, in hexadecimal, over [#canonical].
  public static String of(TrialSpecification trial, EngineIdentity engine) {
    try {
      byte[] text = canonical(trial, engine).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }

  /// Specification, data source and engine as text, one `name=value` a line. Every field is written
  /// out by hand, numbers as integers or hexadecimal floating point, so that neither `toString` of
  /// a record nor a renamed component changes the identity of a trial that was stored.
  static String canonical(TrialSpecification trial, EngineIdentity engine) {
    GptConfig model = trial.model();
    TrainingPlan plan = trial.plan();
    LearningRateSchedule schedule = plan.schedule();
    return String.join(
        "\n",
        "mneme-trial=2",
        "layers=" + model.layers(),
        "width=" + model.width(),
        "heads=" + model.heads(),
        "vocabulary=" + model.vocabularySize(),
        "length=" + model.contextLength(),
        "tied=" + model.tiedHead(),
        "sequences=" + trial.sequences(),
        "seed=" + trial.seed(),
        "steps=" + plan.steps(),
        "batch=" + plan.batchSize(),
        "rate=" + exact(schedule.peak()),
        "warmup=" + exact(schedule.warmup()),
        "flat=" + exact(schedule.flat()),
        "decay=" + schedule.decay().name(),
        canonical(plan.optimizer()),
        "embeddingDeviation=" + exact(plan.initialization().embeddingDeviation()),
        "weightDeviation=" + exact(plan.initialization().weightDeviation()),
        "curvePoints=" + plan.curvePoints(),
        "engine=" + engine.name(),
        "numerics=" + engine.numericsVersion(),
        "vectorBits=" + engine.vectorBits(),
        "precision=" + engine.precision(),
        trial.data().canonical());
  }

  /// AdamW is not named: trials were stored before there was another optimizer.
  private static String canonical(Optimizer optimizer) {
    AdamW adamW = optimizer.adamW();
    String text =
        String.join(
            "\n",
            "beta1=" + exact(adamW.beta1()),
            "beta2=" + exact(adamW.beta2()),
            "epsilon=" + exact(adamW.epsilon()),
            "weightDecay=" + exact(adamW.weightDecay()));
    return switch (optimizer) {
      case AdamW alone -> text;
      case Muon muon ->
          String.join(
              "\n",
              text,
              "optimizer=muon/1",
              "momentum=" + exact(muon.momentum()),
              "matrixScale=" + exact(muon.matrixScale()),
              "embeddingRate=" + exact(muon.embeddingRate()));
    };
  }

  private static String exact(double value) {
    return Double.toHexString(value);
  }
}
