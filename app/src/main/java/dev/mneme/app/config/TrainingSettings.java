package dev.mneme.app.config;

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
          Setting.BETA1,
          Setting.BETA2,
          Setting.EPSILON,
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
        values.of(Setting.BETA1),
        values.of(Setting.BETA2),
        values.of(Setting.EPSILON),
        0,
        new Initialization(
            values.of(Setting.EMBEDDING_DEVIATION), values.of(Setting.WEIGHT_DEVIATION)),
        values.of(Setting.CURVE_POINTS));
  }
}
