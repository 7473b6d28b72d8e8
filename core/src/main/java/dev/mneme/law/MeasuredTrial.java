package dev.mneme.law;

import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;

/// One finished trial on random tokens, as far as the laws need to know it.
///
/// @param model shape; S and V are the data's too
/// @param precision of weights and products, such as `fp32`
/// @param recipe everything else that decides how the trial was trained but for its steps: trials
///   whose texts are equal were trained alike
/// @param steps optimizer steps, at least 1
/// @param sequences N, at least 1
/// @param seed of data, initialization and order
/// @param net memorized bits, not clipped
/// @param ceiling most bits that any model can save on this set
public record MeasuredTrial(
    GptConfig model,
    String precision,
    String recipe,
    long steps,
    int sequences,
    long seed,
    Bits net,
    Bits ceiling) {
  /// @throws dev.mneme.model.InvalidConfigurationException naming every field out of range
  public MeasuredTrial {
    new Mistakes()
        .range("steps", steps, 1, DataSize.MOST, "Without training nothing is memorized.")
        .range("sequences", sequences, 1, Integer.MAX_VALUE, "An empty set holds nothing.")
        .check();
  }

  /// All trainable parameters of the model.
  public long parameters() {
    return model.parameterCount().total();
  }
}
