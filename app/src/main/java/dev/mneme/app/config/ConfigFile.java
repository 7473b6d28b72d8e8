package dev.mneme.app.config;

import dev.mneme.app.config.Layer.ModelEntry;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads a configuration file of `mneme capacity`, see [StrictYaml].
public final class ConfigFile {
  private final StrictYaml yaml;
  private final List<Setting<?>> allowed;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<ModelEntry> models = new ArrayList<>();

  private ConfigFile(String name, List<Setting<?>> allowed) {
    this.allowed = allowed;
    this.yaml = new StrictYaml(name, "width: 32");
  }

  /// Reads a file.
  ///
  /// @throws UsageException where it cannot be read, or naming every mistake in it
  public static Layer read(Path file) {
    String text =
        StrictYaml.text(
            file, "--config", "Write one with: mneme capacity --show-config > run.yaml");
    return parse(text, String.valueOf(file.getFileName()));
  }

  /// Reads a configuration file of `mneme text`.
  ///
  /// @throws UsageException where it cannot be read, or naming every mistake in it
  public static Layer readText(Path file) {
    String text =
        StrictYaml.text(file, "--config", "Write one with: mneme text --show-config > text.yaml");
    return parse(text, String.valueOf(file.getFileName()), TextSetting.ALL);
  }

  /// Reads the text of a file.
  ///
  /// @param name of the file, for messages
  /// @throws UsageException naming every mistake in it
  public static Layer parse(String text, String name) {
    return parse(text, name, Setting.ALL);
  }

  static Layer parse(String text, String name, List<Setting<?>> allowed) {
    ConfigFile file = new ConfigFile(name, allowed);
    file.yaml.read(text, file::line);
    file.yaml.complain();
    return new Layer(file.values, file.models);
  }

  private void line(JsonParser parser, String key, String source) {
    if (yaml.known(key, source, allowed).isEmpty()) {
      parser.skipChildren();
    } else if (values.containsKey(key) || (key.equals("models") && !models.isEmpty())) {
      yaml.twice(source);
      parser.skipChildren();
    } else if (key.equals("models")) {
      models(parser, source);
    } else {
      yaml.scalar(parser, source).ifPresent(value -> values.put(key, value));
    }
  }

  private void models(JsonParser parser, String source) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      yaml.scalar(parser, source).ifPresent(value -> models.add(new ModelEntry(value, Map.of())));
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        model(parser);
      } else {
        yaml.scalar(parser, yaml.source(parser, "models"))
            .ifPresent(value -> models.add(new ModelEntry(value, Map.of())));
      }
    }
    if (models.isEmpty()) {
      yaml.mistake(
          new Problem(
              source, "an empty list", Setting.MODELS.expected(), "Name at least one model."));
    }
  }

  private void model(JsonParser parser) {
    String start = yaml.source(parser, "models");
    Map<String, Value> values = new LinkedHashMap<>();
    List<Value> shape = new ArrayList<>();
    List<Setting<?>> own = allowed.stream().filter(Setting::perModel).toList();
    yaml.mapping(
        parser,
        (at, key, source) -> {
          if (key.equals("model")) {
            yaml.scalar(at, source).ifPresent(shape::add);
          } else if (yaml.known(key, source, own).isEmpty()) {
            at.skipChildren();
          } else {
            yaml.scalar(at, source).ifPresent(value -> values.put(key, value));
          }
        });
    Optional<Value> last = shape.isEmpty() ? Optional.empty() : Optional.of(shape.getLast());
    last.ifPresentOrElse(
        value -> models.add(new ModelEntry(value, values)),
        () ->
            yaml.mistake(
                new Problem(
                    start,
                    "an entry without a model",
                    Setting.MODELS.expected(),
                    "Write - {model: 1x32, steps: 5000}.")));
  }
}
