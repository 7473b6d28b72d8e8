package dev.mneme.app.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Settings that only an experiment file has, and the list of all that one may have.
final class ExperimentSetting {
  static final Setting<String> NAME =
      Setting.of(
          "name",
          "NAME",
          Setting.Group.RUN,
          false,
          Parser.name(),
          "",
          "what the store calls the experiment; the file's name unless given");
  static final Setting<String> DESCRIPTION =
      Setting.of(
          "description",
          "TEXT",
          Setting.Group.RUN,
          false,
          Parser.text(),
          "",
          "a sentence for whoever finds the results");
  static final Setting<String> DATA =
      Setting.of(
          "data",
          "NAME",
          Setting.Group.DATA,
          true,
          Parser.choice(List.of("random-tokens"), name -> name),
          "random-tokens",
          "where the training sets come from");
  static final Setting<Integer> SEQUENCES =
      Setting.of(
          "sequences",
          "N",
          Setting.Group.DATA,
          true,
          Parser.integer(1, 1 << 30),
          "",
          "size of the training set, N");
  static final Setting<Double> FILL =
      Setting.of(
          "fill",
          "F",
          Setting.Group.DATA,
          true,
          Parser.decimal("a factor above 0, up to 1000", 0, true, 1000),
          "",
          "size of the training set, as a multiple of the one predicted at 3.6 bits per parameter");
  static final Setting<ExecutorName> EXECUTOR =
      Setting.of(
          "executor",
          "NAME",
          Setting.Group.RUN,
          false,
          Parser.choice(List.of(ExecutorName.values()), ExecutorName::toString),
          "local",
          "where trials run: local (threads of this program) or spark");
  static final Setting<String> MASTER =
      Setting.of(
          "master",
          "URL",
          Setting.Group.RUN,
          false,
          Parser.text(),
          "",
          "Spark's master, such as local[*] or spark://host:7077; spark-submit's, else local[*],"
              + " unless given");
  static final Setting<Integer> GPUS_PER_TRIAL =
      Setting.of(
          "gpus-per-trial",
          "N",
          Setting.Group.RUN,
          false,
          Parser.integer(0, 64),
          "0",
          "GPUs that Spark is asked for, for every trial");
  static final Setting<Duration> CHECKPOINT_EVERY =
      Setting.of(
          "checkpoint-every",
          "TIME",
          Setting.Group.RUN,
          false,
          Parser.duration(),
          "1m",
          "wall time between two checkpoints of a trial; results do not depend on it");

  /// Settings that may be given as lists; a grid is every combination of their values.
  static final List<Setting<?>> AXES = axes();

  /// Settings that hold for a whole experiment.
  static final List<Setting<?>> GENERAL =
      List.of(
          NAME,
          DESCRIPTION,
          Setting.ENGINE,
          Setting.DEVICE,
          EXECUTOR,
          MASTER,
          GPUS_PER_TRIAL,
          Setting.THREADS,
          CHECKPOINT_EVERY);

  /// Settings of single trials, which an entry of `trials` may set for itself.
  static final List<Setting<?>> TRIAL = trial();

  /// All of them.
  static final List<Setting<?>> ALL = all();

  private ExperimentSetting() {}

  private static List<Setting<?>> axes() {
    List<Setting<?>> axes =
        new ArrayList<>(
            List.of(
                Setting.MODELS,
                Setting.VOCABULARY,
                Setting.SEQUENCE_LENGTH,
                Setting.PRECISION,
                SEQUENCES,
                FILL,
                Setting.STEPS));
    axes.addAll(TrainingSettings.ALL);
    axes.add(Setting.SEED);
    return List.copyOf(axes);
  }

  private static List<Setting<?>> trial() {
    List<Setting<?>> trial = new ArrayList<>(AXES);
    trial.add(DATA);
    trial.add(Setting.SEEDS);
    return List.copyOf(trial);
  }

  private static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(GENERAL);
    all.addAll(TRIAL);
    return List.copyOf(all);
  }
}
