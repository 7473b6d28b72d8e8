package dev.mneme.app.config;

import dev.mneme.app.config.Layer.ModelEntry;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Reads a configuration file: YAML, strict, bounded. Names that mean nothing are mistakes, and all
/// mistakes are reported together with their lines.
public final class ConfigFile {
  /// Largest file that is read, in bytes.
  static final int LARGEST = 1 << 20;

  private final String name;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<ModelEntry> models = new ArrayList<>();

  private ConfigFile(String name) {
    this.name = name;
  }

  /// Reads a file.
  ///
  /// @throws UsageException where it cannot be read, or naming every mistake in it
  public static Layer read(Path file) {
    String hint = "Write one with: mneme capacity --show-config > run.yaml";
    if (Files.isDirectory(file)) {
      throw new UsageException("--config", file.toString(), "a YAML file, not a folder", hint);
    }
    byte[] content;
    try (InputStream stream = Files.newInputStream(file)) {
      content = stream.readNBytes(LARGEST + 1);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new UsageException(
          "--config", file.toString(), "a YAML file; there is no file of that name", hint);
    } catch (IOException e) {
      throw new UsageException(
          "--config",
          file.toString(),
          "a readable YAML file; reading it failed: " + reason(e),
          "Check its permissions.");
    }
    if (content.length > LARGEST) {
      throw new UsageException(
          "--config", file.toString(), "a YAML file of at most 1 MiB", "Is this the right file?");
    }
    return parse(new String(content, StandardCharsets.UTF_8), String.valueOf(file.getFileName()));
  }

  /// Reads the text of a file.
  ///
  /// @param name of the file, for messages
  /// @throws UsageException naming every mistake in it
  public static Layer parse(String text, String name) {
    ConfigFile file = new ConfigFile(name);
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
      file.document(parser);
    } catch (StreamReadException e) {
      file.problems.add(
          new Problem(
              name
                  + " line "
                  + Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
              "text that is not YAML",
              "lines such as \"width: 32\"",
              oneLine(e.getOriginalMessage())));
    } catch (JacksonException e) {
      file.problems.add(
          new Problem(
              name,
              "text that is not YAML",
              "lines such as \"width: 32\"",
              oneLine(e.getOriginalMessage())));
    }
    if (!file.problems.isEmpty()) {
      throw new UsageException(file.problems);
    }
    return new Layer(file.values, file.models);
  }

  private void document(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return; // an empty file sets nothing
    }
    if (first != JsonToken.START_OBJECT) {
      mistake(
          parser,
          "",
          describe(parser),
          "lines such as \"width: 32\"",
          "A configuration file names settings and their values.");
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      String source = source(parser, key);
      parser.nextToken();
      Optional<Setting<?>> setting = known(key, source, Setting.ALL);
      if (setting.isEmpty()) {
        parser.skipChildren();
      } else if (values.containsKey(key) || (key.equals("models") && !models.isEmpty())) {
        problems.add(
            new Problem(source, "a second value", "one value", "Remove one of the two lines."));
        parser.skipChildren();
      } else if (key.equals("models")) {
        models(parser, source);
      } else {
        scalar(parser, source).ifPresent(value -> values.put(key, value));
      }
    }
    if (parser.nextToken() != null) {
      mistake(
          parser,
          "",
          "a second document",
          "one document",
          "Remove everything from the line --- on.");
    }
  }

  private void models(JsonParser parser, String source) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      scalar(parser, source).ifPresent(value -> models.add(new ModelEntry(value, Map.of())));
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        model(parser);
      } else {
        scalar(parser, source(parser, "models"))
            .ifPresent(value -> models.add(new ModelEntry(value, Map.of())));
      }
    }
    if (models.isEmpty()) {
      problems.add(
          new Problem(
              source, "an empty list", Setting.MODELS.expected(), "Name at least one model."));
    }
  }

  private void model(JsonParser parser) {
    String start = source(parser, "models");
    Optional<Value> shape = Optional.empty();
    Map<String, Value> own = new LinkedHashMap<>();
    List<Setting<?>> allowed = Setting.ALL.stream().filter(Setting::perModel).toList();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      String source = source(parser, key);
      parser.nextToken();
      if (key.equals("model")) {
        shape = scalar(parser, source);
      } else if (known(key, source, allowed).isEmpty()) {
        parser.skipChildren();
      } else {
        scalar(parser, source).ifPresent(value -> own.put(key, value));
      }
    }
    if (shape.isEmpty()) {
      problems.add(
          new Problem(
              start,
              "an entry without a model",
              Setting.MODELS.expected(),
              "Write - {model: 1x32, steps: 5000}."));
    } else {
      models.add(new ModelEntry(shape.get(), own));
    }
  }

  private Optional<Setting<?>> known(String key, String source, List<Setting<?>> allowed) {
    Optional<Setting<?>> setting =
        allowed.stream().filter(one -> one.name().equals(key)).findFirst();
    if (setting.isEmpty()) {
      List<String> names = allowed.stream().map(Setting::name).toList();
      problems.add(
          new Problem(
              source,
              "a setting that does not exist here",
              "one of the known settings",
              DidYouMean.closest(key, names)
                  .map(name -> "Did you mean " + name + "?")
                  .orElse("They are: " + String.join(", ", names) + ".")));
    }
    return setting;
  }

  /// The text of a scalar, or of a flat list joined by commas.
  private Optional<Value> scalar(JsonParser parser, String source) {
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

  private void mistake(JsonParser parser, String key, String given, String expected, String hint) {
    problems.add(new Problem(source(parser, key).strip(), given, expected, hint));
  }

  private String source(JsonParser parser, String key) {
    return name
        + " line "
        + parser.currentTokenLocation().getLineNr()
        + (key.isEmpty() ? "" : ": " + shorten(key));
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
