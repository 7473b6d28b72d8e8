package dev.mneme.store;

import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A trial in a list.
///
/// @param id identity
/// @param status how it ended
/// @param experiments names of those that ask for it, in alphabetical order
/// @param layers transformer blocks
/// @param width d_model
/// @param heads attention heads
/// @param vocabularySize V
/// @param contextLength S
/// @param parameters all trainable numbers
/// @param sequences N
/// @param seed of data, initialization and order
/// @param steps optimizer steps planned
/// @param learningRate at its peak
/// @param bitsPerParameter of a finished trial
/// @param net memorized bits of a finished trial
/// @param shareOfCeiling of a finished trial whose ceiling is above 0
/// @param seconds wall time
public record TrialRow(
    String id,
    TrialStatus status,
    List<String> experiments,
    int layers,
    int width,
    int heads,
    int vocabularySize,
    int contextLength,
    long parameters,
    int sequences,
    long seed,
    long steps,
    double learningRate,
    Optional<BitsPerParameter> bitsPerParameter,
    Optional<Bits> net,
    OptionalDouble shareOfCeiling,
    double seconds) {
  public TrialRow {
    experiments = List.copyOf(experiments);
  }
}
