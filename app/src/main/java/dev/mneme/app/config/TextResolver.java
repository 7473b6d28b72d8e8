package dev.mneme.app.config;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.corpus.Corpus;
import dev.mneme.data.corpus.CorpusOptions;
import dev.mneme.data.corpus.EmbeddedCorpus;
import dev.mneme.data.corpus.FileCorpus;
import dev.mneme.data.corpus.FileFormat;
import dev.mneme.data.corpus.TextUnit;
import dev.mneme.data.text.TextDatasetOptions;
import dev.mneme.data.tokenizer.Tokenizer;
import dev.mneme.data.tokenizer.Tokenizers;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.random.Seed;
import dev.mneme.text.TextPlan;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Lays defaults, a configuration file and the command line of `mneme text` over each other and
/// checks the outcome.
public final class TextResolver {
  private static final String DEFAULT_MODELS = "1x32,1x64,2x64";

  /// Of the hashes that divide a corpus: every study on it has the same splits.
  private static final long SPLIT_SEED = 0;

  private final List<Layer> layers;
  private final Path folder;
  private final ValueReader reader = new ValueReader();
  private final List<String> yaml = new ArrayList<>();

  /// @param layers from the weakest to the strongest, without the defaults
  /// @param folder where relative paths start
  public TextResolver(List<Layer> layers, Path folder) {
    this.folder = folder;
    this.layers = List.copyOf(layers);
  }

  /// Puts everything together.
  ///
  /// @throws UsageException naming every mistake
  public TextStudySettings resolve() {
    Optional<Corpus> corpus = corpus();
    Optional<Tokenizer> tokenizer =
        read(TextSetting.TOKENIZER).flatMap(name -> data(() -> Tokenizers.named(name)));
    int length = read(Setting.SEQUENCE_LENGTH).orElse(1);
    double testShare = read(TextSetting.TEST_SHARE).orElse(0.1);
    double referenceShare = read(TextSetting.REFERENCE_SHARE).orElse(0.05);
    Optional<TextDatasetOptions> options =
        data(() ->
            TextDatasetOptions.of(length, new Seed(SPLIT_SEED))
                .withShares(testShare, referenceShare));
    int vocabulary = tokenizer.map(Tokenizer::vocabularySize).orElse(2);
    List<GptConfig> models = models(vocabulary, length);
    Optional<Integer> full = read(TextSetting.FULL_SIZE);
    List<Integer> sizes = read(TextSetting.SIZES).orElse(List.of());
    full.ifPresent(most ->
        sizes.stream()
            .filter(size -> size > most)
            .forEach(size ->
                reader.note(
                    new Problem(
                        "sizes",
                        size + " beside a full size of " + most,
                        "sizes up to the full one",
                        "The references are trained on the full set, which holds all others."))));
    List<Integer> prefixes =
        read(TextSetting.PREFIXES).orElse(List.of()).stream().sorted().toList();
    for (int prefix : prefixes) {
      if (prefix >= length) {
        reader.note(
            new Problem(
                "prefixes",
                prefix + " for sequences of " + length + " tokens",
                "lengths below that of a sequence",
                "Something must be left to complete."));
      }
    }
    Optional<TrainingPlan> training = training();
    List<TextPlan.Oracle> oracles =
        training.map(plan -> oracles(plan, vocabulary, length)).orElse(List.of());
    long seed = read(Setting.SEED).orElse(1L);
    int seeds = read(TextSetting.SEEDS).orElse(1);
    int testSize = read(TextSetting.TEST_SIZE).orElse(2);
    int referenceSize = read(TextSetting.REFERENCE_SIZE).orElse(2);
    int probed = read(TextSetting.PROBED).orElse(20);
    EngineChoice engine =
        reader.engine(
            read(Setting.ENGINE).orElse(EngineName.VECTOR),
            given(Setting.DEVICE),
            given(Setting.PRECISION));
    if (engine.name() == EngineName.TORCH) {
      yaml.add(Setting.DEVICE.name() + ": " + engine.device());
    }
    yaml.add(Setting.PRECISION.name() + ": " + engine.precision());
    Optional<Integer> threads = read(Setting.THREADS);
    String name = read(TextSetting.NAME).orElse("");
    reader.complain();
    return new TextStudySettings(
        name,
        corpus.orElseThrow(),
        tokenizer.orElseThrow(),
        options.orElseThrow(),
        models,
        training.orElseThrow(),
        oracles,
        full,
        sizes,
        testSize,
        referenceSize,
        probed,
        prefixes,
        LongStream.range(seed, seed + seeds).boxed().toList(),
        engine,
        threads,
        yaml.stream().collect(Collectors.joining("\n", "", "\n")));
  }

  private Optional<Corpus> corpus() {
    List<String> files = read(TextSetting.CORPUS).orElse(List.of());
    CorpusOptions options = CorpusOptions.DEFAULT;
    Optional<String> column = read(TextSetting.COLUMN);
    if (column.isPresent()) {
      options = options.withColumn(column.get());
    }
    Optional<TextUnit> unit = read(TextSetting.UNIT);
    if (unit.isPresent()) {
      options = options.withUnit(unit.get());
    }
    Optional<FileFormat> format = read(TextSetting.FORMAT);
    if (format.isPresent()) {
      options = options.withFormat(format.get());
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    if (files.equals(List.of(TextSetting.EMBEDDED))) {
      return Optional.of(EmbeddedCorpus.stateOfTheUnion());
    }
    CorpusOptions chosen = options;
    List<String> paths = files.stream().map(file -> folder.resolve(file).toString()).toList();
    return data(() -> FileCorpus.of(paths, chosen));
  }

  private List<GptConfig> models(int vocabulary, int length) {
    List<GptConfig> models = new ArrayList<>();
    for (Layer layer : layers.reversed()) {
      if (layer.models().isEmpty()) {
        continue;
      }
      for (Layer.ModelEntry entry : layer.models()) {
        shapes(entry.shape(), vocabulary, length, models);
      }
      break;
    }
    if (models.isEmpty() && reader.count() == 0) {
      shapes(new Value(DEFAULT_MODELS, "models"), vocabulary, length, models);
    }
    yaml.add(
        "models: "
            + models.stream()
                .map(model -> model.layers() + "x" + model.width() + "x" + model.heads())
                .toList());
    return models.stream().distinct().toList();
  }

  private void shapes(Value value, int vocabulary, int length, List<GptConfig> models) {
    for (ModelShape shape : reader.read(Setting.MODELS, value).orElse(List.of())) {
      reader.model(shape, value.source(), vocabulary, length).ifPresent(models::add);
    }
  }

  private Optional<TrainingPlan> training() {
    int before = reader.count();
    TrainingSettings.ALL.forEach(this::read); // so that all mistakes in them are noted
    Optional<Long> steps = read(TextSetting.STEPS);
    if (reader.count() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          TrainingSettings.plan(
              steps.orElseThrow(),
              new TrainingSettings.Values() {
                @Override
                public <T> T of(Setting<T> setting) {
                  return reader.read(setting, value(setting).orElseThrow()).orElseThrow();
                }
              }));
    } catch (IllegalArgumentException e) {
      reader.note(
          new Problem(
              "schedule",
              String.valueOf(e.getMessage()),
              "warm-up and flat part that leave steps to fall in",
              "Take smaller shares."));
      return Optional.empty();
    }
  }

  private List<TextPlan.Oracle> oracles(TrainingPlan plan, int vocabulary, int length) {
    List<TextPlan.Oracle> oracles = new ArrayList<>();
    double rate = read(TextSetting.ORACLE_RATE).orElse(1.0);
    List<Integer> steps = read(TextSetting.ORACLE_STEPS).orElse(List.of());
    for (ModelShape shape : read(TextSetting.ORACLE).orElse(List.of())) {
      Optional<GptConfig> model = reader.model(shape, "oracle", vocabulary, length);
      for (int count : steps) {
        model.ifPresent(found -> oracles.add(new TextPlan.Oracle(found, plan(plan, count, rate))));
      }
    }
    return oracles;
  }

  private static TrainingPlan plan(TrainingPlan plan, long steps, double rate) {
    LearningRateSchedule schedule = plan.schedule();
    return new TrainingPlan(
        steps,
        plan.batchSize(),
        new LearningRateSchedule(rate, schedule.warmup(), schedule.flat(), schedule.decay()),
        plan.optimizer(),
        plan.initialization(),
        plan.curvePoints());
  }

  /// What a part of the library makes of it; mistakes are noted.
  private <T> Optional<T> data(Supplier<? extends T> make) {
    try {
      return Optional.of(make.get());
    } catch (InvalidDataException e) {
      UsageException.of(e).problems().forEach(reader::note);
      return Optional.empty();
    }
  }

  private Optional<Value> given(Setting<?> setting) {
    return layers.reversed().stream().flatMap(layer -> layer.value(setting).stream()).findFirst();
  }

  private Optional<Value> value(Setting<?> setting) {
    return given(setting)
        .or(() ->
            setting.fallback().isEmpty()
                ? Optional.empty()
                : Optional.of(new Value(setting.fallback(), setting.name())));
  }

  private <T> Optional<T> read(Setting<T> setting) {
    Optional<T> read = value(setting).flatMap(value -> reader.read(setting, value));
    read.ifPresent(found -> yaml.add(setting.name() + ": " + setting.write(found)));
    return read;
  }
}
