package dev.mneme.app.config;

import static java.util.stream.Collectors.joining;

import dev.mneme.engine.Precision;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads values of settings and collects what is wrong with them.
final class ValueReader {
  private final List<Problem> problems = new ArrayList<>();

  /// The value; empty where it was wrong, which is noted.
  <T> Optional<T> read(Setting<T> setting, Value value) {
    try {
      return Optional.of(setting.read(value.text()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      String given = value.text().isBlank() ? "nothing" : shorten(value.text());
      note(new Problem(value.source(), given, setting.expected(), hint(setting, value.text())));
      return Optional.empty();
    }
  }

  /// A model of a shape; empty where there is none, which is noted.
  ///
  /// @param source where the shape was given
  Optional<GptConfig> model(ModelShape shape, String source, int vocabulary, int length) {
    try {
      GptConfig model = shape.model(vocabulary, length);
      model.parameterCount();
      return Optional.of(model);
    } catch (InvalidConfigurationException e) {
      for (Problem problem : e.problems()) {
        note(
            new Problem(
                source + " (model " + shape + ")",
                problem.field() + " " + problem.given(),
                problem.expected(),
                problem.hint()));
      }
    } catch (ArithmeticException e) {
      note(
          new Problem(
              source + " (model " + shape + ")",
              "more than 2,147,483,647 parameters",
              "a smaller model",
              "Take fewer layers, less width or a smaller vocabulary."));
    }
    return Optional.empty();
  }

  /// The engine that was asked for, on its device.
  ///
  /// @param device what was given for it, if anything
  /// @param precision the same
  EngineChoice engine(EngineName name, Optional<Value> device, Optional<Value> precision) {
    List<EngineChoice> choices = engines(name, device, precision);
    if (choices.size() > 1) {
      note(
          new Problem(
              precision.map(Value::source).orElse(Setting.PRECISION.name()),
              precision.map(Value::text).orElse(""),
              "one precision",
              "Experiment files for mneme run take several."));
    }
    return choices.getFirst();
  }

  /// The engine in each of the precisions that were asked for, at least one.
  ///
  /// @param device what was given for it, if anything
  /// @param precisions the same; one, or several in brackets
  List<EngineChoice> engines(EngineName name, Optional<Value> device, Optional<Value> precisions) {
    EngineChoice plain = onDevice(name, device);
    List<EngineChoice> choices = new ArrayList<>();
    for (Precision precision : precisions.map(this::precisions).orElse(List.of())) {
      if (!name.precisions().contains(precision)) {
        note(
            new Problem(
                precisions.map(Value::source).orElse(Setting.PRECISION.name()),
                precision + " beside engine " + name,
                name.precisions().stream().map(Precision::toString).collect(joining(", ")),
                "Engine vector computes in fp32, bf16, bf16-pure and ternary."));
      }
      choices.add(plain.in(precision));
    }
    return choices.isEmpty() ? List.of(plain) : choices;
  }

  private List<Precision> precisions(Value value) {
    List<String> parts =
        value.text().strip().startsWith("[") ? Parser.parts(value.text()) : List.of(value.text());
    return parts.stream()
        .distinct()
        .flatMap(part -> read(Setting.PRECISION, new Value(part, value.source())).stream())
        .toList();
  }

  private EngineChoice onDevice(EngineName name, Optional<Value> device) {
    String read =
        device.flatMap(value -> read(Setting.DEVICE, value)).orElse(EngineChoice.PROCESSOR);
    if (name != EngineName.TORCH && !read.equals(EngineChoice.PROCESSOR)) {
      note(
          new Problem(
              device.map(Value::source).orElse(Setting.DEVICE.name()),
              read + " beside engine " + name,
              "cpu, or engine torch",
              "Only engine torch computes on graphics cards; add --engine torch."));
    }
    return new EngineChoice(name, read, name.precisions().getFirst());
  }

  void note(Problem problem) {
    problems.add(problem);
  }

  /// How many mistakes were noted so far.
  int count() {
    return problems.size();
  }

  /// @throws UsageException naming every mistake once, where there is any
  void complain() {
    if (!problems.isEmpty()) {
      throw new UsageException(problems.stream().distinct().toList());
    }
  }

  private static String hint(Setting<?> setting, String text) {
    if (setting == Setting.VOCABULARY) {
      return "A vocabulary of 1 carries no information; the paper uses 2048.";
    }
    if (setting == Setting.STEPS || setting == Setting.TIME) {
      return "Without training nothing is memorized; try --time 30m or --steps 20000.";
    }
    if (setting == Setting.ENGINE) {
      return DidYouMean.closest(text, List.of("vector", "reference", "torch"))
          .map(name -> "Did you mean " + name + "?")
          .orElse("vector is the fast one; reference is slow and exact; torch is libtorch.");
    }
    if (setting == Setting.DEVICE) {
      return "cuda is the first graphics card, cuda:1 the second.";
    }
    if (setting == Setting.PRECISION) {
      return "bf16 rounds weights and operands of products; docs/method.md has all of them.";
    }
    if (setting == Setting.MODELS) {
      return "1x32 is one layer of width 32.";
    }
    return setting.fallback().isEmpty()
        ? "It is " + setting.description() + "."
        : "It is " + setting.description() + "; usually " + setting.fallback() + ".";
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
