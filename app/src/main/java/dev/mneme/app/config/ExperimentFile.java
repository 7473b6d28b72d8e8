package dev.mneme.app.config;

import dev.mneme.model.InvalidConfigurationException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads an experiment file: settings, each one value or a list of values, and perhaps `trials`, a
/// list of groups of settings.
///
/// Without `trials` the file is one grid: every combination of the values. With `trials` every
/// entry is a grid of its own, and what stands outside holds for all entries that do not say
/// otherwise.
public final class ExperimentFile {
  private static final String TRIALS = "trials";

  private final StrictYaml yaml;
  private final Map<String, Value> shared = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private ExperimentFile(String name) {
    this.yaml = new StrictYaml(name, "sequences: [100, 200]");
  }

  /// One entry of `trials`.
  ///
  /// @param source where it begins, for messages
  /// @param own what it sets for itself
  record Entry(String source, Map<String, Value> own) {}

  /// Reads a file.
  ///
  /// @throws UsageException where it cannot be read, or naming every mistake in it
  public static ExperimentPlan read(Path file) {
    return read(file, Map.of());
  }

  /// The same with settings of the command line, which win over those of the file.
  ///
  /// @param overriding by name of the setting
  /// @throws UsageException where it cannot be read, or naming every mistake
  public static ExperimentPlan read(Path file, Map<String, Value> overriding) {
    String text =
        StrictYaml.text(
            file, "experiment file", "Examples lie in the folder experiments of Mneme's source.");
    return parse(text, String.valueOf(file.getFileName()), overriding);
  }

  /// Reads the text of a file.
  ///
  /// @param name of the file, for messages, and to name the experiment after
  /// @throws UsageException naming every mistake in it
  public static ExperimentPlan parse(String text, String name) {
    return parse(text, name, Map.of());
  }

  private static ExperimentPlan parse(String text, String name, Map<String, Value> overriding) {
    ExperimentFile file = new ExperimentFile(name);
    file.yaml.read(text, file::line);
    file.shared.putAll(overriding);
    return new ExperimentResolver(name, text, file.shared, file.entries, file.yaml.problems())
        .resolve();
  }

  private void line(JsonParser parser, String key, String source) {
    if (key.equals(TRIALS)) {
      trials(parser, source);
    } else {
      setting(parser, key, source, ExperimentSetting.ALL, shared);
    }
  }

  private void setting(
      JsonParser parser,
      String key,
      String source,
      List<Setting<?>> allowed,
      Map<String, Value> values) {
    String name = key.equals("model") ? Setting.MODELS.name() : key;
    if (allowed.stream().noneMatch(setting -> setting.name().equals(name))) {
      List<String> names = new ArrayList<>(allowed.stream().map(Setting::name).toList());
      if (allowed.equals(ExperimentSetting.ALL)) {
        names.add(TRIALS);
      }
      yaml.unknown(source, names, key);
      parser.skipChildren();
    } else if (values.containsKey(name)) {
      yaml.twice(source);
      parser.skipChildren();
    } else {
      yaml.scalar(parser, source).ifPresent(value -> values.put(name, value));
    }
  }

  private void trials(JsonParser parser, String source) {
    String hint = "Write entries such as - {model: 1x16, sequences: [50, 100]}.";
    if (!entries.isEmpty()) {
      yaml.twice(source);
      parser.skipChildren();
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      yaml.mistake(new Problem(source, "something else", "a list of groups of settings", hint));
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String start = yaml.source(parser, TRIALS);
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        yaml.mistake(new Problem(start, "a single value", "a group of settings", hint));
        parser.skipChildren();
        continue;
      }
      Map<String, Value> own = new LinkedHashMap<>();
      yaml.mapping(
          parser, (at, key, where) -> setting(at, key, where, ExperimentSetting.TRIAL, own));
      entries.add(new Entry(start, own));
    }
    if (entries.isEmpty()) {
      yaml.mistake(new Problem(source, "an empty list", "at least one entry", hint));
    }
  }
}
