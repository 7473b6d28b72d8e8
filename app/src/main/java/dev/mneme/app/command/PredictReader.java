package dev.mneme.app.command;

import dev.mneme.app.config.DidYouMean;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.report.PublicModels;
import dev.mneme.law.Alpha;
import dev.mneme.law.DataSize;
import dev.mneme.law.PredictionJson;
import dev.mneme.law.Predictor;
import dev.mneme.law.PublishedMembership;
import dev.mneme.law.SampleShape;
import dev.mneme.model.GptConfig;
import dev.mneme.model.checkpoint.CorruptCheckpointException;
import dev.mneme.model.checkpoint.FileTrouble;
import dev.mneme.model.checkpoint.HuggingFaceConfig;
import dev.mneme.training.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a question of the options of `mneme predict`, or names everything that is wrong with them.
final class PredictReader {
  private static final Pattern MODEL =
      Pattern.compile("([\\p{L}\\p{N} ._+-]{1,40})=([^:=]{1,60}):([^:=]{1,60})");

  /// What is known about a model from wherever it was described.
  private record Size(long parameters, OptionalInt vocabulary, OptionalInt sequenceLength) {}

  private final PredictOptions options;
  private final Path folder;
  private final OptionTexts texts = new OptionTexts("mneme predict");

  /// @param folder where relative paths start
  PredictReader(PredictOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /// The question.
  ///
  /// @param comparing whether `--compare` was given, perhaps without a value
  /// @throws UsageException naming every mistake
  PredictQuestion read(boolean comparing) {
    checkCombinations(comparing);
    Optional<Size> size = size();
    Optional<DataSize> tokens = texts.count("--tokens", options.tokens).map(DataSize::tokens);
    Optional<DataSize> samples = texts.count("--samples", options.samples).map(DataSize::samples);
    OptionalDouble risk = risk();
    Optional<Alpha> alpha = alpha();
    Optional<SampleShape> shape = shape(size);
    List<PublicModels.Model> compared = comparing ? compared(shape) : List.of();
    if (!texts.problems().isEmpty() || alpha.isEmpty() || shape.isEmpty()) {
      throw new UsageException(texts.problems());
    }
    Predictor predictor = new Predictor(shape.get(), alpha.get(), new PublishedMembership());
    return new PredictQuestion(
        predictor,
        size.map(Size::parameters),
        tokens.or(() -> samples),
        risk,
        compared.stream().map(model -> predict(predictor, model)).toList());
  }

  private static PredictionJson.Model predict(Predictor predictor, PublicModels.Model model) {
    Predictor own =
        predictor.withShape(
            new SampleShape(predictor.shape().sequenceLength(), model.vocabularySize()));
    return new PredictionJson.Model(
        model.name(), own, own.predict(model.parameters(), DataSize.tokens(model.tokens())));
  }

  private void checkCombinations(boolean comparing) {
    List<String> models = new ArrayList<>();
    options.parameters.ifPresent(given -> models.add("--parameters"));
    options.configJson.ifPresent(given -> models.add("--config-json"));
    options.model.ifPresent(given -> models.add("--model"));
    boolean data = options.tokens.isPresent() || options.samples.isPresent();
    if (models.size() > 1) {
      texts.problem("model", String.join(" and ", models), "one of them", "Leave the others out.");
    }
    if (options.tokens.isPresent() && options.samples.isPresent()) {
      texts.problem("data", "--tokens and --samples", "one of them", "Leave the other one out.");
    }
    if (models.isEmpty() && options.risk.isEmpty() && (data || !comparing)) {
      texts.problem(
          "model",
          "nothing",
          "--parameters, --config-json or --model; or --risk",
          "For example: mneme predict --parameters 8B --tokens 15T.");
    }
    if (!data && (!models.isEmpty() || options.risk.isPresent() || !comparing)) {
      texts.problem(
          "data",
          "nothing",
          "--tokens or --samples",
          "For example: mneme predict --parameters 8B --tokens 15T.");
    }
  }

  private Optional<Size> size() {
    return texts
        .count("--parameters", options.parameters)
        .map(count -> new Size(count, OptionalInt.empty(), OptionalInt.empty()))
        .or(() -> options.configJson.flatMap(this::configuration))
        .or(() -> options.model.flatMap(this::savedModel));
  }

  private Optional<Size> configuration(Path file) {
    try {
      HuggingFaceConfig config = HuggingFaceConfig.read(folder.resolve(file));
      return Optional.of(
          new Size(
              config.parameters(),
              OptionalInt.of(config.vocabularySize()),
              config.contextLength()));
    } catch (CorruptCheckpointException e) {
      e.problems()
          .forEach(
              p -> texts.problem("--config-json " + p.field(), p.given(), p.expected(), p.hint()));
    } catch (IOException e) {
      texts.problem(
          "--config-json",
          file + ": " + FileTrouble.phrase(e),
          "a config.json that can be read",
          "Name the file itself.");
    }
    return Optional.empty();
  }

  private Optional<Size> savedModel(Path path) {
    try {
      GptConfig config = ModelFolder.read(folder.resolve(path)).weights().config();
      return Optional.of(
          new Size(
              config.parameterCount().total(),
              OptionalInt.of(config.vocabularySize()),
              OptionalInt.of(config.contextLength())));
    } catch (CorruptCheckpointException e) {
      e.problems().forEach(texts::add);
    } catch (OutOfMemoryError e) {
      texts.problem(
          "--model",
          path.toString(),
          "what fits into the memory that Java has",
          "Give its config.json to --config-json instead.");
    }
    return Optional.empty();
  }

  private Optional<SampleShape> shape(Optional<Size> size) {
    OptionalInt unknown = OptionalInt.empty();
    int length =
        texts
            .whole("--sequence-length", options.sequenceLength)
            .orElse(
                size.map(Size::sequenceLength)
                    .orElse(unknown)
                    .orElse(SampleShape.PUBLISHED.sequenceLength()));
    int vocabulary =
        texts
            .whole("--vocabulary", options.vocabulary)
            .orElse(
                size.map(Size::vocabulary)
                    .orElse(unknown)
                    .orElse(SampleShape.PUBLISHED.vocabularySize()));
    return texts.checked(() -> new SampleShape(length, vocabulary));
  }

  private OptionalDouble risk() {
    Optional<Double> value =
        options.risk.flatMap(text ->
            texts.number(
                "--risk", text, "a number above 0.5, below 1", risk -> risk > 0.5 && risk < 1));
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private Optional<Alpha> alpha() {
    return options.alpha.isEmpty()
        ? Optional.of(Alpha.PUBLISHED)
        : options.alpha.flatMap(texts::alpha);
  }

  private List<PublicModels.Model> compared(Optional<SampleShape> shape) {
    if (options.compare.isEmpty()) {
      return PublicModels.ALL;
    }
    int vocabulary = shape.orElse(SampleShape.PUBLISHED).vocabularySize();
    List<PublicModels.Model> models = new ArrayList<>();
    for (String text : options.compare) {
      compared(text, vocabulary).ifPresent(models::add);
    }
    return models;
  }

  private Optional<PublicModels.Model> compared(String text, int vocabulary) {
    if (!text.contains("=")) {
      Optional<PublicModels.Model> known = PublicModels.named(text);
      if (known.isEmpty()) {
        texts.problem(
            "--compare",
            text,
            "NAME=PARAMETERS:TOKENS or one of " + String.join(", ", PublicModels.names()),
            DidYouMean.closest(text, PublicModels.names())
                .map(close -> "Did you mean " + close + "?")
                .orElse("For example: --compare mine=1.3B:100B."));
      }
      return known;
    }
    Matcher match = MODEL.matcher(text);
    if (!match.matches()) {
      texts.problem(
          "--compare", text, "NAME=PARAMETERS:TOKENS", "For example: --compare mine=1.3B:100B.");
      return Optional.empty();
    }
    Optional<Long> parameters =
        texts.count("--compare " + match.group(1), Optional.of(match.group(2)));
    Optional<Long> tokens = texts.count("--compare " + match.group(1), Optional.of(match.group(3)));
    return parameters.flatMap(count ->
        tokens.map(size -> new PublicModels.Model(match.group(1), count, size, vocabulary)));
  }
}
