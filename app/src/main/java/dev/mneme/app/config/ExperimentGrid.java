package dev.mneme.app.config;

import dev.mneme.experiment.PredictedSize;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// One grid of an experiment file: every combination of the values of its settings.
final class ExperimentGrid {
  private final ValueReader reader;
  private final String source;
  private final Map<String, Value> shared;
  private final Map<String, Value> own;

  /// @param source where the grid is declared, for messages
  /// @param shared what holds unless `own` says otherwise
  ExperimentGrid(
      ValueReader reader, String source, Map<String, Value> shared, Map<String, Value> own) {
    this.reader = reader;
    this.source = source;
    this.shared = shared;
    this.own = own;
  }

  /// Adds the trials, or notes what is wrong.
  void addTrials(List<TrialSpecification> trials) {
    int before = reader.count();
    refuseOwnPrecision();
    axis(ExperimentSetting.DATA);
    List<List<ModelShape>> models = axis(Setting.MODELS);
    List<Integer> vocabularies = axis(Setting.VOCABULARY);
    List<Integer> lengths = axis(Setting.SEQUENCE_LENGTH);
    Setting<?> sized = sizeSetting();
    List<Long> steps = steps();
    List<Long> seeds = seeds();
    List<Choice> plans = plans();
    List<ModelShape> shapes = models.stream().flatMap(List::stream).toList();
    double declared =
        (double) shapes.size()
            * vocabularies.size()
            * lengths.size()
            * (value(sized) == null ? 0 : axis(sized).size())
            * steps.size()
            * plans.size()
            * seeds.size();
    if (declared > ExperimentResolver.MOST_TRIALS) {
      reader.note(ExperimentResolver.tooMany(source, declared));
      return;
    }
    for (ModelShape shape : shapes) {
      for (int vocabulary : vocabularies) {
        for (int length : lengths) {
          Optional<GptConfig> model =
              reader.model(shape, sourceOf(Setting.MODELS), vocabulary, length);
          List<Integer> sizes = model.map(config -> sizes(sized, config)).orElse(List.of());
          if (before == reader.count()) { // otherwise go on to find further mistakes
            combine(model.orElseThrow(), sizes, steps, plans, seeds, trials);
          }
        }
      }
    }
  }

  private static void combine(
      GptConfig model,
      List<Integer> sizes,
      List<Long> steps,
      List<Choice> plans,
      List<Long> seeds,
      List<TrialSpecification> trials) {
    for (int size : sizes) {
      for (long count : steps) {
        for (Choice plan : plans) {
          for (long seed : seeds) {
            trials.add(
                new TrialSpecification(model, size, TrainingSettings.plan(count, plan), seed));
          }
        }
      }
    }
  }

  private void refuseOwnPrecision() {
    Value precision = own.get(Setting.PRECISION.name());
    if (precision != null) {
      reader.note(
          new Problem(
              precision.source(),
              precision.text() + " for one entry of trials",
              "precision outside of trials",
              "Every trial of a file runs in each precision of its list."));
    }
  }

  /// Which of the two ways to give sizes is used; one that the entry itself sets wins over one that
  /// holds for all.
  private Setting<?> sizeSetting() {
    Setting<?> both = ExperimentSetting.SEQUENCES;
    for (Map<String, Value> level : List.of(own, shared)) {
      Value sequences = level.get(ExperimentSetting.SEQUENCES.name());
      Value fill = level.get(ExperimentSetting.FILL.name());
      if (sequences != null && fill != null) {
        reader.note(
            new Problem(
                fill.source(),
                fill.text() + " beside " + sequences.source(),
                "sequences or fill, not both",
                "Remove one of the two."));
        return both;
      }
      if (sequences != null || fill != null) {
        return sequences != null ? ExperimentSetting.SEQUENCES : ExperimentSetting.FILL;
      }
    }
    reader.note(
        new Problem(
            source,
            "no data set size",
            "sequences: N, or fill: F",
            "Add a line such as sequences: [100, 200], or fill: [0.5, 1, 2] for multiples of the"
                + " size predicted at 3.6 bits per parameter."));
    return both;
  }

  private List<Integer> sizes(Setting<?> sized, GptConfig model) {
    if (sized == ExperimentSetting.FILL) {
      return axis(ExperimentSetting.FILL).stream()
          .map(factor -> PredictedSize.whole(model, factor * PredictedSize.of(model)))
          .toList();
    }
    int most = PredictedSize.whole(model, Double.MAX_VALUE);
    List<Integer> sizes =
        value(ExperimentSetting.SEQUENCES) == null ? List.of() : axis(ExperimentSetting.SEQUENCES);
    for (int size : sizes) {
      if (size > most) {
        reader.note(
            new Problem(
                sourceOf(ExperimentSetting.SEQUENCES),
                size + " sequences of " + model.contextLength() + " tokens",
                "at most " + most + ", which are 2^30 tokens",
                "Take smaller data sets or shorter sequences."));
      }
    }
    return sizes;
  }

  private List<Long> steps() {
    if (value(Setting.STEPS) == null) {
      reader.note(
          new Problem(
              source,
              "no steps",
              "steps: N, the optimizer steps of every trial",
              "mneme run --dry-run tells how long they take."));
      return List.of();
    }
    return axis(Setting.STEPS);
  }

  private List<Long> seeds() {
    List<Long> seeds = axis(Setting.SEED);
    Value count = value(Setting.SEEDS);
    if (count == null) {
      return seeds;
    }
    Optional<Integer> wanted = reader.read(Setting.SEEDS, count);
    if (seeds.size() > 1) {
      reader.note(
          new Problem(
              count.source(),
              count.text() + " beside " + sourceOf(Setting.SEED),
              "a number of seeds, or a list of them, not both",
              "Remove one of the two."));
    } else if (wanted.isPresent() && seeds.size() == 1) {
      long first = seeds.getFirst();
      if (first <= Long.MAX_VALUE - wanted.get()) {
        return LongStream.range(first, first + wanted.get()).boxed().toList();
      }
      reader.note(
          new Problem(
              sourceOf(Setting.SEED),
              String.valueOf(first),
              "at most " + (Long.MAX_VALUE - wanted.get()),
              "Any smaller number does as well."));
    }
    return seeds;
  }

  /// One value for every setting of the training.
  private record Choice(Map<Setting<?>, Object> values) implements TrainingSettings.Values {
    @Override
    @SuppressWarnings("unchecked") // what is under a setting was read by it
    public <T> T of(Setting<T> setting) {
      return (T) Objects.requireNonNull(values.get(setting), setting.name());
    }
  }

  private List<Choice> plans() {
    List<Choice> plans = new ArrayList<>(List.of(new Choice(Map.of())));
    for (Setting<?> setting : TrainingSettings.ALL) {
      List<?> values = axis(setting);
      List<Choice> longer = new ArrayList<>();
      for (Choice plan : plans) {
        for (Object value : values) {
          Map<Setting<?>, Object> more = new HashMap<>(plan.values());
          more.put(setting, value);
          longer.add(new Choice(more));
        }
      }
      plans = longer;
      if (plans.size() > ExperimentResolver.MOST_TRIALS) {
        reader.note(ExperimentResolver.tooMany(source, plans.size()));
        return List.of();
      }
    }
    for (Choice plan : plans) {
      double warmup = plan.of(Setting.WARMUP);
      double flat = plan.of(Setting.FLAT);
      if (warmup + flat >= 1) {
        reader.note(
            new Problem(
                sourceOf(Setting.FLAT),
                String.valueOf(flat),
                "less than 1 together with warmup " + warmup,
                "The rest of the steps is where the rate falls."));
      }
    }
    return plans;
  }

  private @Nullable Value value(Setting<?> setting) {
    Value special = own.get(setting.name());
    return special != null ? special : shared.get(setting.name());
  }

  private String sourceOf(Setting<?> setting) {
    Value value = value(setting);
    return value == null ? source + ": " + setting.name() : value.source();
  }

  /// All values of a setting, or its default.
  private <T> List<T> axis(Setting<T> setting) {
    Value value = value(setting);
    if (value == null) {
      String fallback = setting == Setting.MODELS ? "1x32" : setting.fallback();
      return reader.read(setting, new Value(fallback, "default of " + setting.name())).stream()
          .toList();
    }
    String text = value.text().strip();
    List<String> parts = Parser.parts(text);
    if (text.startsWith("[") && parts.isEmpty()) {
      reader.note(
          new Problem(
              value.source(),
              "an empty list",
              "at least one value: " + setting.expected(),
              "With nothing to choose from there are no trials."));
      return List.of();
    }
    if (!text.startsWith("[") || setting == Setting.MODELS) {
      return reader.read(setting, value).stream().toList();
    }
    return parts.stream()
        .flatMap(part -> reader.read(setting, new Value(part, value.source())).stream())
        .toList();
  }
}
