package dev.mneme.app.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one place sets: a configuration file or the command line. Later layers win over earlier
/// ones.
///
/// @param values by name of the setting, as text
/// @param models the entries of `models`, in their order
public record Layer(Map<String, Value> values, List<ModelEntry> models) {
  /// Sets nothing.
  public static final Layer EMPTY = new Layer(Map.of(), List.of());

  public Layer {
    values = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(values));
    models = List.copyOf(models);
  }

  /// One model of the list.
  ///
  /// @param shape such as `2x128`, or several with commas
  /// @param own what is set for this model alone
  public record ModelEntry(Value shape, Map<String, Value> own) {
    public ModelEntry {
      own = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(own));
    }
  }

  boolean sets(Setting<?> setting) {
    return values.containsKey(setting.name());
  }

  Optional<Value> value(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.name()));
  }
}
