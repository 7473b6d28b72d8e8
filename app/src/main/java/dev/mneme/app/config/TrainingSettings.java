package dev.mneme.app.config;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.util.List;

/// Puts the settings of a trial's training together.
final class TrainingSettings {
  /// Those that [#plan] puts together.
  static final List<Setting<?>> ALL =
      List.of(
          Setting.BATCH_SIZE,
          Setting.LEARNING_RATE,
          Setting.WARMUP,
          Setting.FLAT,
          Setting.DECAY,
          Setting.OPTIMIZER,
          Setting.BETA1,
          Setting.BETA2,
          Setting.EPSILON,
          Setting.MOMENTUM,
          Setting.MATRIX_SCALE,
          Setting.EMBEDDING_RATE,
          Setting.EMBEDDING_DEVIATION,
          Setting.WEIGHT_DEVIATION,
          Setting.CURVE_POINTS);

  private TrainingSettings() {}

  /// Where values come from; every one is there and in its range.
  interface Values {
    <T> T of(Setting<T> setting);
  }

  /// A plan of so many steps.
  ///
  /// @throws IllegalArgumentException where warm-up and flat part leave no step to fall in
  static TrainingPlan plan(long steps, Values values) {
    return new TrainingPlan(
        steps,
        values.of(Setting.BATCH_SIZE),
        new LearningRateSchedule(
            values.of(Setting.LEARNING_RATE),
            values.of(Setting.WARMUP),
            values.of(Setting.FLAT),
            values.of(Setting.DECAY)),
        optimizer(values),
        new Initialization(
            values.of(Setting.EMBEDDING_DEVIATION), values.of(Setting.WEIGHT_DEVIATION)),
        values.of(Setting.CURVE_POINTS));
  }

  /// Settings of an optimizer that was not chosen have no influence.
  private static Optimizer optimizer(Values values) {
    AdamW adamW =
        new AdamW(
            values.of(Setting.BETA1), values.of(Setting.BETA2), values.of(Setting.EPSILON), 0);
    return switch (values.of(Setting.OPTIMIZER)) {
      case ADAMW -> adamW;
      case MUON ->
          new Muon(
              values.of(Setting.MOMENTUM),
              values.of(Setting.MATRIX_SCALE),
              values.of(Setting.EMBEDDING_RATE),
              adamW);
    };
  }
}
