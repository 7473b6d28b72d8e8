package dev.mneme.app.config;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.experiment.Budget;
import dev.mneme.experiment.CapacityPlan;
import dev.mneme.experiment.CapacityTask;
import dev.mneme.model.GptConfig;
import dev.mneme.training.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes settings as a configuration file with a comment behind every line; read again, it leads
/// to the same settings. Plain text rather than a serializer's, because no serializer writes the
/// comments.
final class YamlWriter {
  private static final int COMMENT_COLUMN = 36;

  private YamlWriter() {}

  static String write(
      List<CapacityTask> tasks, Budget budget, EngineChoice engine, int threads, long seed) {
    Map<String, String> general = new LinkedHashMap<>();
    put(general, Setting.PRECISION, engine.precision());
    if (budget instanceof Budget.WallTime time) {
      put(general, Setting.TIME, time.duration());
    } else if (budget instanceof Budget.Steps steps) {
      put(general, Setting.STEPS, steps.count());
    }
    CapacityPlan search = tasks.getFirst().plan();
    put(general, Setting.SEEDS, search.seeds().size());
    put(general, Setting.SCAN_SEEDS, search.scanSeeds());
    put(general, Setting.HALF_STEP_SEEDS, search.halfStepSeeds());
    put(general, Setting.HALVINGS, search.halvings());
    put(general, Setting.DOUBLINGS, search.doublings());
    put(general, Setting.TOLERANCE, search.tolerance());
    put(general, Setting.ENGINE, engine.name());
    if (engine.name() == EngineName.TORCH) {
      put(general, Setting.DEVICE, engine.device());
    }
    put(general, Setting.THREADS, threads);
    put(general, Setting.SEED, seed);
    boolean steps = budget instanceof Budget.Steps;
    List<Map<String, String>> each = tasks.stream().map(task -> ofTask(task, steps)).toList();
    Map<String, String> common = new LinkedHashMap<>(each.getFirst());
    each.forEach(one -> common.entrySet().retainAll(one.entrySet()));
    general.putAll(common);

    StringBuilder yaml =
        new StringBuilder("# Mneme: every setting of a run. Use it with --config FILE.\n");
    Setting.Group group = null;
    for (Setting<?> setting : Setting.ALL) {
      boolean models = setting == Setting.MODELS;
      if (!models && !general.containsKey(setting.name())) {
        continue;
      }
      if (setting.group() != group) {
        group = setting.group();
        yaml.append("\n# ").append(group.title()).append('\n');
      }
      if (models) {
        yaml.append("models: # ").append(setting.description()).append('\n');
        for (int i = 0; i < tasks.size(); i++) {
          yaml.append("  - ")
              .append(entry(tasks.get(i).model(), each.get(i), general))
              .append('\n');
        }
      } else {
        String line = setting.name() + ": " + general.get(setting.name());
        yaml.append(line)
            .append(" ".repeat(Math.max(1, COMMENT_COLUMN - line.length())))
            .append("# ")
            .append(setting.description())
            .append('\n');
      }
    }
    return yaml.toString();
  }

  private static Map<String, String> ofTask(CapacityTask task, boolean steps) {
    Map<String, String> values = new LinkedHashMap<>();
    GptConfig model = task.model();
    TrainingPlan training = task.plan().training();
    put(values, Setting.VOCABULARY, model.vocabularySize());
    put(values, Setting.SEQUENCE_LENGTH, model.contextLength());
    if (steps) {
      put(values, Setting.STEPS, training.steps());
    }
    put(values, Setting.BATCH_SIZE, training.batchSize());
    put(values, Setting.LEARNING_RATE, training.schedule().peak());
    put(values, Setting.WARMUP, training.schedule().warmup());
    put(values, Setting.FLAT, training.schedule().flat());
    put(values, Setting.DECAY, training.schedule().decay());
    put(values, Setting.OPTIMIZER, OptimizerName.of(training.optimizer()));
    AdamW adamW = training.optimizer().adamW();
    put(values, Setting.BETA1, adamW.beta1());
    put(values, Setting.BETA2, adamW.beta2());
    put(values, Setting.EPSILON, adamW.epsilon());
    if (training.optimizer() instanceof Muon muon) {
      put(values, Setting.MOMENTUM, muon.momentum());
      put(values, Setting.MATRIX_SCALE, muon.matrixScale());
      put(values, Setting.EMBEDDING_RATE, muon.embeddingRate());
    }
    put(values, Setting.EMBEDDING_DEVIATION, training.initialization().embeddingDeviation());
    put(values, Setting.WEIGHT_DEVIATION, training.initialization().weightDeviation());
    put(values, Setting.CURVE_POINTS, training.curvePoints());
    put(values, Setting.GRID, task.plan().grid());
    put(values, Setting.GROWTH, task.plan().growth());
    put(values, Setting.MAXIMUM_SIZES, task.plan().maximumSizes());
    put(values, Setting.SWEEP, task.plan().sweep());
    return values;
  }

  private static String entry(
      GptConfig model, Map<String, String> own, Map<String, String> general) {
    String shape = model.layers() + "x" + model.width() + "x" + model.heads();
    String special =
        own.entrySet().stream()
            .filter(one -> !one.getValue().equals(general.get(one.getKey())))
            .map(one -> ", " + one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining());
    return special.isEmpty() ? shape : "{model: " + shape + special + "}";
  }

  private static <T> void put(Map<String, String> values, Setting<T> setting, T value) {
    values.put(setting.name(), setting.write(value));
  }
}
