package dev.mneme.law;

import dev.mneme.unit.Bits;

/// What one model memorized of random tokens of one shape.
///
/// @param parameters of the model, at least 1; they change with S and V
/// @param sequences N, at least 1
/// @param shape S and V
/// @param ceiling most bits that any model can save on this set, see [dev.mneme.measure.Ceiling]
/// @param measured net memorized bits
public record AblationTrial(
    long parameters, long sequences, SampleShape shape, Bits ceiling, Bits measured) {
  /// @throws dev.mneme.model.InvalidConfigurationException naming every field out of range
  public AblationTrial {
    new Mistakes()
        .range("parameters", parameters, 1, DataSize.MOST, "Count all trainable parameters.")
        .range("sequences", sequences, 1, DataSize.MOST, "An empty set cannot be memorized.")
        .require(
            ceiling.value() >= 0,
            "ceiling",
            ceiling.value(),
            "0 bits or more",
            "Take the ceiling of the training set.")
        .check();
  }

  /// `N · S · log2 V`.
  public Bits entropy() {
    return shape.bitsPerSample().times(sequences);
  }
}
