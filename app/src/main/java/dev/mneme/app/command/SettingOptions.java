package dev.mneme.app.command;

import dev.mneme.app.config.Layer;
import dev.mneme.app.config.Setting;
import dev.mneme.app.config.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Turns [Setting]s into options of a command, and what was given for them into a [Layer]. Values
/// stay text here, so that all mistakes in them are reported together.
final class SettingOptions {
  private SettingOptions() {}

  /// Adds one option per setting, under the heading of its group.
  static void addTo(CommandSpec command, Collection<Setting<?>> settings) {
    int order = 1;
    for (Setting.Group group : Setting.Group.values()) {
      List<OptionSpec> options = new ArrayList<>();
      for (Setting<?> setting : settings) {
        if (setting.group() == group) {
          options.add(option(setting));
        }
      }
      if (!options.isEmpty()) {
        ArgGroupSpec.Builder section =
            ArgGroupSpec.builder()
                .heading("%n@|bold " + group.title() + "|@%n")
                .exclusive(false)
                .multiplicity("0..1")
                .validate(false)
                .order(order++);
        options.forEach(section::addArg);
        command.addArgGroup(section.build());
      }
    }
  }

  private static OptionSpec option(Setting<?> setting) {
    String name = setting.description();
    String sentence = Character.toUpperCase(name.charAt(0)) + name.substring(1) + ".";
    String fallback = setting.fallback().isEmpty() ? "" : " Default: " + setting.fallback() + ".";
    OptionSpec.Builder option =
        OptionSpec.builder(setting.option())
            .paramLabel(setting.label())
            .arity("1")
            .description((sentence + fallback).replace("%", "%%"));
    return setting == Setting.MODELS
        ? option.type(List.class).auxiliaryTypes(String.class).build()
        : option.type(String.class).build();
  }

  /// What the command line sets.
  static Layer read(ParseResult result) {
    return read(result, Setting.ALL);
  }

  /// What the command line sets of some settings.
  static Layer read(ParseResult result, Collection<Setting<?>> settings) {
    Map<String, Value> values = new LinkedHashMap<>();
    List<Layer.ModelEntry> models = new ArrayList<>();
    for (OptionSpec option : result.matchedOptionsSet()) {
      for (Setting<?> setting : settings) {
        if (!option.longestName().equals(setting.option())) {
          continue;
        }
        for (String text : option.stringValues()) {
          Value value = new Value(text, setting.option());
          if (setting == Setting.MODELS) {
            models.add(new Layer.ModelEntry(value, Map.of()));
          } else {
            values.put(setting.name(), value);
          }
        }
      }
    }
    return new Layer(values, models);
  }
}
