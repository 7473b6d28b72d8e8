package dev.mneme.model.checkpoint;

import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// One tensor of a safetensors file at a glance.
///
/// @param shape dimensions, row-major; empty for a single number
/// @param type element type, such as `F32`
/// @param mean of the entries; empty where there are none or they are not floating-point numbers
/// @param deviation standard deviation of the entries (divided by their number, not one less);
///   empty where the mean is
public record TensorSummary(
    String name, List<Long> shape, String type, OptionalDouble mean, OptionalDouble deviation) {
  public TensorSummary {
    shape = List.copyOf(shape);
  }

  /// Reads every tensor of a file, a few numbers at a time.
  ///
  /// @throws CorruptCheckpointException where the file is not sound, or naming every tensor with an
  ///   entry that is not finite
  /// @throws IOException where the file cannot be read
  public static List<TensorSummary> ofFile(Path path) throws IOException {
    List<TensorSummary> summaries = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (SafetensorsFile.Entry entry : file.entries().values()) {
        Moments moments = new Moments();
        try {
          if (SafetensorsFile.isFloatingPoint(entry.type())) {
            file.forEach(entry.name(), moments::add);
          }
        } catch (CorruptCheckpointException e) {
          problems.addAll(e.problems());
        }
        summaries.add(
            new TensorSummary(
                entry.name(), entry.shape(), entry.type(), moments.mean(), moments.deviation()));
      }
    }
    if (!problems.isEmpty()) {
      throw new CorruptCheckpointException(path, problems);
    }
    return summaries;
  }

  /// Mean and variance of numbers that come one by one (Welford's recurrence).
  private static final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double deviation = value - mean;
      mean += deviation / count;
      squares += deviation * (value - mean);
    }

    OptionalDouble mean() {
      return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    OptionalDouble deviation() {
      return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / count));
    }
  }
}
