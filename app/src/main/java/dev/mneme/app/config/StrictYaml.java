package dev.mneme.app.config;

import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// A YAML file of settings: one mapping, bounded in every way. Names that mean nothing are
/// mistakes, and all mistakes are collected with their lines.
final class StrictYaml {
  /// Largest file that is read, in bytes.
  static final int LARGEST = 1 << 20;

  private final String name;
  private final String example;
  private final List<Problem> problems = new ArrayList<>();

  /// @param name of the file, for messages
  /// @param example what lines may look like, for messages
  StrictYaml(String name, String example) {
    this.name = name;
    this.example = example;
  }

  /// Hears of each line `key: value` of the file; the parser stands at the value and is to be left
  /// at its end.
  @FunctionalInterface
  interface Lines {
    void line(JsonParser parser, String key, String source);
  }

  /// The text of a file.
  ///
  /// @param argument how the file was named on the command line, for messages
  /// @throws UsageException where it cannot be read
  static String text(Path file, String argument, String hint) {
    if (Files.isDirectory(file)) {
      throw new UsageException(argument, file.toString(), "a YAML file, not a folder", hint);
    }
    byte[] content;
    try (InputStream stream = Files.newInputStream(file)) {
      content = stream.readNBytes(LARGEST + 1);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new UsageException(
          argument, file.toString(), "a YAML file; there is no file of that name", hint);
    } catch (IOException e) {
      throw new UsageException(
          argument,
          file.toString(),
          "a readable YAML file; reading it failed: " + reason(e),
          "Check its permissions.");
    }
    if (content.length > LARGEST) {
      throw new UsageException(
          argument, file.toString(), "a YAML file of at most 1 MiB", "Is this the right file?");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  /// Reads a text; mistakes are collected, not thrown.
  void read(String text, Lines lines) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxTokenCount(100_000)
                    .maxStringLength(10_000)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .build())
            .build();
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      document(parser, lines);
    } catch (StreamReadException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      notYaml(name + " line " + Math.max(1, line), e);
    } catch (JacksonException e) {
      notYaml(name, e);
    }
  }

  private void notYaml(String where, JacksonException e) {
    problems.add(
        new Problem(
            where,
            "text that is not YAML",
            "lines such as \"" + example + "\"",
            oneLine(e.getOriginalMessage())));
  }

  private void document(JsonParser parser, Lines lines) {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return; // an empty file sets nothing
    }
    if (first != JsonToken.START_OBJECT) {
      mistake(
          parser,
          describe(parser),
          "lines such as \"" + example + "\"",
          "Such a file names settings and their values.");
      return;
    }
    mapping(parser, lines);
    if (parser.nextToken() != null) {
      mistake(
          parser, "a second document", "one document", "Remove everything from the line --- on.");
    }
  }

  /// Goes through a mapping at whose beginning the parser stands.
  void mapping(JsonParser parser, Lines lines) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      String source = source(parser, key);
      parser.nextToken();
      lines.line(parser, key, source);
    }
  }

  /// The setting of a name, or a mistake.
  Optional<Setting<?>> known(String key, String source, List<? extends Setting<?>> allowed) {
    Optional<? extends Setting<?>> setting =
        allowed.stream().filter(one -> one.name().equals(key)).findFirst();
    if (setting.isEmpty()) {
      List<String> names = allowed.stream().map(Setting::name).toList();
      unknown(source, names, key);
    }
    return setting.map(one -> one);
  }

  /// Notes a name that means nothing.
  void unknown(String source, List<String> names, String key) {
    problems.add(
        new Problem(
            source,
            "a setting that does not exist here",
            "one of the known settings",
            DidYouMean.closest(key, names)
                .map(name -> "Did you mean " + name + "?")
                .orElse("They are: " + String.join(", ", names) + ".")));
  }

  /// Notes a name that stands there twice.
  void twice(String source) {
    problems.add(
        new Problem(source, "a second value", "one value", "Remove one of the two lines."));
  }

  /// Notes any other mistake.
  void mistake(Problem problem) {
    problems.add(problem);
  }

  /// The text of a scalar, or of a flat list in brackets.
  Optional<Value> scalar(JsonParser parser, String source) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<String> parts = new ArrayList<>();
      boolean flat = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken().isScalarValue()
            && parser.currentToken() != JsonToken.VALUE_NULL) {
          parts.add(parser.getString());
        } else {
          flat = false;
          parser.skipChildren();
        }
      }
      if (flat) {
        return Optional.of(
            new Value(parts.stream().collect(Collectors.joining(", ", "[", "]")), source));
      }
    } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      return Optional.of(new Value(parser.getString(), source));
    }
    problems.add(
        new Problem(
            source,
            describe(parser),
            "one value",
            "Write the value behind the colon, on the same line."));
    parser.skipChildren();
    return Optional.empty();
  }

  /// Where the parser stands, for messages.
  String source(JsonParser parser, String key) {
    return name
        + " line "
        + parser.currentTokenLocation().getLineNr()
        + (key.isEmpty() ? "" : ": " + shorten(key));
  }

  /// @throws UsageException naming every mistake noted, where there is any
  void complain() {
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  private void mistake(JsonParser parser, String given, String expected, String hint) {
    problems.add(new Problem(source(parser, ""), given, expected, hint));
  }

  private static String describe(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "a group of settings";
      case START_ARRAY -> "a list";
      case VALUE_NULL -> "nothing";
      default -> "\"" + shorten(parser.getString()) + "\"";
    };
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static String oneLine(String message) {
    return "The parser says: "
        + shorten(message.lines().map(String::strip).findFirst().orElse(""))
        + ".";
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
