package dev.mneme.app.config;

import dev.mneme.experiment.Experiment;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Turns an experiment file into trials, or says everything that is wrong with it.
final class ExperimentResolver {
  /// Most trials of one experiment.
  static final int MOST_TRIALS = 100_000;

  private final String file;
  private final String text;
  private final Map<String, Value> shared;
  private final List<ExperimentFile.Entry> entries;
  private final ValueReader reader = new ValueReader();

  /// @param file its name
  /// @param text its content
  /// @param shared what stands outside of `trials`
  /// @param entries of `trials`; without any, the file itself is the only grid
  /// @param problems found while reading
  ExperimentResolver(
      String file,
      String text,
      Map<String, Value> shared,
      List<ExperimentFile.Entry> entries,
      List<Problem> problems) {
    this.file = file;
    this.text = text;
    this.shared = shared;
    this.entries = entries;
    problems.forEach(reader::note);
  }

  ExperimentPlan resolve() {
    List<EngineChoice> engines =
        reader.engines(
            general(Setting.ENGINE).orElse(EngineName.VECTOR),
            Optional.ofNullable(shared.get(Setting.DEVICE.name())),
            Optional.ofNullable(shared.get(Setting.PRECISION.name())));
    String name = general(ExperimentSetting.NAME, nameOfFile()).orElse("");
    String description = given(ExperimentSetting.DESCRIPTION).orElse("");
    ExecutorName executor = general(ExperimentSetting.EXECUTOR).orElse(ExecutorName.LOCAL);
    Optional<String> master = given(ExperimentSetting.MASTER);
    int gpus = general(ExperimentSetting.GPUS_PER_TRIAL).orElse(0);
    Optional<Integer> threads = given(Setting.THREADS);
    Duration every = general(ExperimentSetting.CHECKPOINT_EVERY).orElse(Duration.ofMinutes(1));
    checkExecutor(executor);

    List<TrialSpecification> trials = new ArrayList<>();
    if (entries.isEmpty()) {
      new ExperimentGrid(reader, file, shared, Map.of()).addTrials(trials);
    }
    for (ExperimentFile.Entry entry : entries) {
      new ExperimentGrid(reader, entry.source(), shared, entry.own()).addTrials(trials);
    }
    if (trials.size() > MOST_TRIALS) {
      reader.note(tooMany(file, trials.size()));
    }
    reader.complain();
    Experiment experiment = new Experiment(name, Experiment.Kind.GRID, description, text, trials);
    return new ExperimentPlan(
        experiment,
        engines,
        executor,
        master,
        gpus,
        threads,
        every,
        trials.size() - experiment.trials().size());
  }

  static Problem tooMany(String source, double trials) {
    return new Problem(
        source,
        String.format(Locale.ROOT, "at least %,.0f trials", trials),
        String.format(Locale.ROOT, "at most %,d", MOST_TRIALS),
        "Shorten some lists, or split the experiment.");
  }

  private void checkExecutor(ExecutorName executor) {
    for (Setting<?> ofSpark : List.of(ExperimentSetting.MASTER, ExperimentSetting.GPUS_PER_TRIAL)) {
      Value value = shared.get(ofSpark.name());
      if (value != null && executor != ExecutorName.SPARK) {
        reader.note(
            new Problem(
                value.source(),
                value.text() + " beside executor: " + executor,
                "executor: spark",
                "Only Spark knows what that is; add executor: spark, or remove the line."));
      }
    }
  }

  private String nameOfFile() {
    return file.replaceFirst("\\.ya?ml$", "");
  }

  /// The value where the file has one.
  private <T> Optional<T> given(Setting<T> setting) {
    return Optional.ofNullable(shared.get(setting.name()))
        .flatMap(value -> reader.read(setting, value));
  }

  private <T> Optional<T> general(Setting<T> setting) {
    return general(setting, setting.fallback());
  }

  private <T> Optional<T> general(Setting<T> setting, String fallback) {
    Value value = shared.get(setting.name());
    return reader.read(
        setting, value == null ? new Value(fallback, file + ": " + setting.name()) : value);
  }
}
