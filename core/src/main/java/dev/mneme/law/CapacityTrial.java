package dev.mneme.law;

import dev.mneme.unit.Bits;

/// One measured capacity.
///
/// @param model a name, which tells models of the same size apart; may be empty where none are
/// @param parameters of the model, all trainable ones, at least 1
/// @param seed of the trial, which sets data, initialization and order
/// @param capacity above 0
public record CapacityTrial(String model, long parameters, long seed, Bits capacity) {
  /// @throws dev.mneme.model.InvalidConfigurationException naming every field out of range
  public CapacityTrial {
    new Mistakes()
        .range("parameters", parameters, 1, DataSize.MOST, "Count all trainable parameters.")
        .require(
            capacity.value() > 0,
            "capacity",
            capacity.value(),
            "more than 0 bits",
            "Leave out trials that memorized nothing.")
        .check();
  }

  /// The same where no two models have the same size.
  public CapacityTrial(long parameters, long seed, Bits capacity) {
    this("", parameters, seed, capacity);
  }
}
