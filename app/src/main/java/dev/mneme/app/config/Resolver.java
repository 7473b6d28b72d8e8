package dev.mneme.app.config;

import dev.mneme.app.config.Layer.ModelEntry;
import dev.mneme.experiment.Budget;
import dev.mneme.experiment.CapacityPlan;
import dev.mneme.experiment.CapacityTask;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.training.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/// Lays defaults, configuration files and the command line over each other and checks the outcome.
///
/// A later layer wins. What one model sets for itself in a file wins over the rest of that file and
/// of earlier layers, and loses to later layers.
public final class Resolver {
  /// Most models in one call.
  private static final int MOST_MODELS = 1000;

  private final List<Layer> layers;
  private final int processors;
  private final ValueReader reader = new ValueReader();

  /// @param layers from the weakest to the strongest, without the defaults
  /// @param processors how many trials run at a time unless told otherwise
  public Resolver(List<Layer> layers, int processors) {
    this.layers = List.copyOf(layers);
    this.processors = processors;
  }

  /// Puts everything together.
  ///
  /// @throws UsageException naming every mistake
  public Resolved resolve() {
    checkExclusive();
    List<Choice> choices = choices();
    Scope general = new Scope(Map.of(), layers.size());
    EngineChoice engine =
        reader.engine(
            general.read(Setting.ENGINE).orElse(EngineName.VECTOR),
            general.value(Setting.DEVICE),
            general.value(Setting.PRECISION));
    int threads = general.optional(Setting.THREADS).orElse(processors);
    long seed = general.read(Setting.SEED).orElse(1L);
    Optional<Budget> budget = budget(general, choices);
    List<CapacityTask> tasks = new ArrayList<>();
    for (Choice choice : choices) {
      task(choice, new Scope(choice.own(), choice.layer()), seed).ifPresent(tasks::add);
    }
    if (budget.stream().anyMatch(Budget.WallTime.class::isInstance)
        && tasks.stream().anyMatch(task -> task.plan().doublings() > 0)) {
      general.mistake(
          Setting.DOUBLINGS,
          "0 where a time is given instead of steps",
          "Give --steps N to start from, or leave the doublings out.");
    }
    reader.complain();
    return new Resolved(
        tasks,
        budget.orElseThrow(),
        engine,
        threads,
        seed,
        YamlWriter.write(tasks, budget.orElseThrow(), engine, threads, seed));
  }

  private void checkExclusive() {
    for (Layer layer : layers) {
      layer
          .value(Setting.TIME)
          .ifPresent(time ->
              layer
                  .value(Setting.STEPS)
                  .ifPresent(steps ->
                      reader.note(
                          new Problem(
                              time.source(),
                              time.text() + " beside " + steps.source(),
                              "steps or time, not both",
                              "Remove one of the two."))));
      if (layer.models().isEmpty()) {
        continue;
      }
      layer
          .value(Setting.TIME)
          .ifPresent(time ->
              layer.models().stream()
                  .flatMap(
                      entry -> Optional.ofNullable(entry.own().get(Setting.STEPS.name())).stream())
                  .forEach(steps ->
                      reader.note(
                          new Problem(
                              time.source(),
                              time.text() + " beside " + steps.source(),
                              "steps or time, not both",
                              "Remove one of the two."))));
      for (Setting<?> single : List.of(Setting.LAYERS, Setting.WIDTH, Setting.HEADS)) {
        layer
            .value(single)
            .ifPresent(value ->
                reader.note(
                    new Problem(
                        value.source(),
                        value.text() + " beside " + layer.models().getFirst().shape().source(),
                        "models, or one model by layers, width and heads",
                        "Write it into the model, such as 2x128x2.")));
      }
    }
  }

  /// A model somebody chose.
  ///
  /// @param layer index of the layer that sets `own`
  private record Choice(ModelShape shape, String source, Map<String, Value> own, int layer) {}

  private List<Choice> choices() {
    for (int index = layers.size() - 1; index >= 0; index--) {
      Layer layer = layers.get(index);
      if (!layer.models().isEmpty()) {
        return listed(layer.models(), index);
      }
      if (layer.sets(Setting.LAYERS) || layer.sets(Setting.WIDTH) || layer.sets(Setting.HEADS)) {
        break;
      }
    }
    Scope scope = new Scope(Map.of(), layers.size());
    Optional<Integer> depth = scope.read(Setting.LAYERS);
    Optional<Integer> width = scope.read(Setting.WIDTH);
    Optional<Value> headsValue = scope.value(Setting.HEADS);
    Optional<Integer> heads = scope.optional(Setting.HEADS);
    if (depth.isEmpty() || width.isEmpty() || (headsValue.isPresent() && heads.isEmpty())) {
      return List.of();
    }
    String source = headsValue.map(Value::source).orElse("model");
    return List.of(
        new Choice(
            new ModelShape(
                depth.get(), width.get(), heads.map(OptionalInt::of).orElse(OptionalInt.empty())),
            source,
            Map.of(),
            -1));
  }

  private List<Choice> listed(List<ModelEntry> entries, int layer) {
    List<Choice> choices = new ArrayList<>();
    for (ModelEntry entry : entries) {
      reader
          .read(Setting.MODELS, entry.shape())
          .ifPresent(shapes ->
              shapes.forEach(shape ->
                  choices.add(new Choice(shape, entry.shape().source(), entry.own(), layer))));
    }
    if (choices.size() > MOST_MODELS) {
      reader.note(
          new Problem(
              "models",
              choices.size() + " models",
              "at most " + MOST_MODELS,
              "Split them over several calls."));
      return List.of();
    }
    return choices;
  }

  private Optional<Budget> budget(Scope scope, List<Choice> choices) {
    for (int index = layers.size() - 1; index >= 0; index--) {
      int layer = index;
      if (layers.get(index).sets(Setting.STEPS)) {
        return scope.read(Setting.STEPS).map(Budget.Steps::new);
      }
      if (choices.stream()
          .anyMatch(choice ->
              choice.layer() == layer && choice.own().containsKey(Setting.STEPS.name()))) {
        return stepsOfEach(choices);
      }
      if (layers.get(index).sets(Setting.TIME)) {
        break;
      }
    }
    return scope.read(Setting.TIME).map(Budget.WallTime::new);
  }

  /// Where models set their own steps, every one needs some.
  private Optional<Budget> stepsOfEach(List<Choice> choices) {
    Optional<Budget> first = Optional.empty();
    for (Choice choice : choices) {
      Scope scope = new Scope(choice.own(), choice.layer());
      if (scope.value(Setting.STEPS).isEmpty()) {
        reader.note(
            new Problem(
                choice.source() + " (model " + choice.shape() + ")",
                "no steps",
                "steps of its own, as other models have, or steps for all",
                "Add steps to it, or a line steps: N for every model without its own."));
      }
      if (first.isEmpty()) {
        first = scope.optional(Setting.STEPS).map(Budget.Steps::new);
      }
    }
    return first;
  }

  private Optional<CapacityTask> task(Choice choice, Scope scope, long seed) {
    int before = reader.count();
    Optional<GptConfig> model = model(choice, scope);
    Optional<CapacityPlan> plan = plan(scope, seed);
    return before == reader.count() && model.isPresent() && plan.isPresent()
        ? Optional.of(new CapacityTask(model.get(), plan.get()))
        : Optional.empty();
  }

  private Optional<GptConfig> model(Choice choice, Scope scope) {
    Optional<Integer> vocabulary = scope.read(Setting.VOCABULARY);
    Optional<Integer> length = scope.read(Setting.SEQUENCE_LENGTH);
    // where one of them is wrong, the other is still checked, beside the paper's value
    return reader.model(
        choice.shape(), choice.source(), vocabulary.orElse(2048), length.orElse(64));
  }

  private Optional<CapacityPlan> plan(Scope scope, long seed) {
    int before = reader.count();
    Optional<Value> stepsValue = scope.value(Setting.STEPS);
    long steps = scope.optional(Setting.STEPS).orElse(1L);
    TrainingSettings.ALL.forEach(scope::read);
    double warmup = scope.read(Setting.WARMUP).orElse(0.0);
    double flat = scope.read(Setting.FLAT).orElse(0.0);
    List<Double> grid = scope.read(Setting.GRID).orElse(List.of(1.0));
    double growth = scope.read(Setting.GROWTH).orElse(2.0);
    int maximumSizes = scope.read(Setting.MAXIMUM_SIZES).orElse(grid.size());
    List<Double> sweep = scope.read(Setting.SWEEP).orElse(List.of());
    int seeds = scope.read(Setting.SEEDS).orElse(1);
    int scanSeeds = scope.read(Setting.SCAN_SEEDS).orElse(1);
    int halfStepSeeds = scope.optional(Setting.HALF_STEP_SEEDS).orElse(seeds);
    int halvings = scope.read(Setting.HALVINGS).orElse(1);
    int doublings = scope.read(Setting.DOUBLINGS).orElse(0);
    double tolerance = scope.read(Setting.TOLERANCE).orElse(0.0);
    if (warmup + flat >= 1) {
      scope.mistake(
          Setting.FLAT,
          "less than 1 together with warmup " + warmup,
          "The rest of the steps is where the rate falls.");
    }
    for (int i = 1; i < grid.size(); i++) {
      if (grid.get(i - 1) >= grid.get(i)) {
        scope.mistake(Setting.GRID, "factors in ascending order", "Sort them and remove doubles.");
        break;
      }
    }
    if (maximumSizes < grid.size()) {
      scope.mistake(
          Setting.MAXIMUM_SIZES,
          "at least the " + grid.size() + " sizes of the grid",
          "Raise it, or shorten the grid.");
    }
    if (seed > Long.MAX_VALUE - seeds) {
      scope.mistake(
          Setting.SEED,
          "at most " + (Long.MAX_VALUE - seeds) + " where " + seeds + " seeds follow each other",
          "Any smaller number does as well.");
    }
    if (scanSeeds > seeds) {
      scope.mistake(
          Setting.SCAN_SEEDS,
          "at most the " + seeds + " seeds there are",
          "Raise --seeds, or lower it.");
    }
    if (halfStepSeeds > seeds) {
      scope.mistake(
          Setting.HALF_STEP_SEEDS,
          "at most the " + seeds + " seeds there are",
          "Raise --seeds, or lower it.");
    }
    if (before != reader.count() || (stepsValue.isPresent() && steps < 1)) {
      return Optional.empty();
    }
    TrainingPlan training = TrainingSettings.plan(steps, scope);
    return Optional.of(
        new CapacityPlan(
            training,
            grid,
            growth,
            maximumSizes,
            LongStream.range(seed, seed + seeds).boxed().toList(),
            scanSeeds,
            sweep,
            halfStepSeeds,
            halvings,
            doublings,
            tolerance));
  }

  /// Looks a setting up from the strongest place to the weakest.
  private final class Scope implements TrainingSettings.Values {
    private final Map<String, Value> own;
    private final int ownLayer;

    /// @param own what one model sets for itself
    /// @param ownLayer the layer in which it does
    Scope(Map<String, Value> own, int ownLayer) {
      this.own = new LinkedHashMap<>(own);
      this.ownLayer = ownLayer;
    }

    Optional<Value> value(Setting<?> setting) {
      for (int index = layers.size() - 1; index >= 0; index--) {
        Value special = index == ownLayer ? own.get(setting.name()) : null;
        if (special != null) {
          return Optional.of(special);
        }
        Optional<Value> value = layers.get(index).value(setting);
        if (value.isPresent()) {
          return value;
        }
      }
      return Optional.empty();
    }

    @Override
    public <T> T of(Setting<T> setting) {
      return read(setting).orElseThrow();
    }

    /// The value or its default; empty where it was wrong, which is noted.
    <T> Optional<T> read(Setting<T> setting) {
      return reader.read(
          setting,
          value(setting)
              .orElseGet(() -> new Value(setting.fallback(), "default of " + setting.name())));
    }

    /// The value where one was set; empty otherwise, or where it was wrong, which is noted.
    <T> Optional<T> optional(Setting<T> setting) {
      return value(setting).flatMap(value -> reader.read(setting, value));
    }

    void mistake(Setting<?> setting, String expected, String hint) {
      Value value =
          value(setting)
              .orElseGet(() -> new Value(setting.fallback(), "default of " + setting.name()));
      reader.note(new Problem(value.source(), value.text(), expected, hint));
    }
  }
}
