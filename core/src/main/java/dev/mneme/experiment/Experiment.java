package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;
import java.util.List;

/// Trials that belong together under a name.
///
/// @param name what the store and the commands call it
/// @param kind what sort of run it is
/// @param description for a reader; may be empty
/// @param configuration the text that repeats it, such as a YAML file
/// @param trials each once, in the order in which they were declared
public record Experiment(
    String name,
    Kind kind,
    String description,
    String configuration,
    List<TrialSpecification> trials) {
  /// Sorts of runs.
  public enum Kind {
    /// Trials declared one by one or as a grid.
    GRID,
    /// A search for capacities, whose trials follow from each other.
    CAPACITY,
    /// Models on text with their references.
    TEXT
  }

  public Experiment {
    trials = trials.stream().distinct().toList();
  }

  /// The identities of the trials on an engine, in their order.
  public List<String> ids(EngineIdentity engine) {
    return trials.stream().map(trial -> TrialIdentity.of(trial, engine)).toList();
  }
}
