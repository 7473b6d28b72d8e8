package dev.mneme.app.config;

import dev.mneme.data.InvalidDataException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.util.List;

/// The user asked for something that cannot be done. Carries every mistake found, so that all are
/// mended at once; nothing was written or overwritten.
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// @param problems at least one
  public UsageException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /// A single mistake.
  public UsageException(String field, String given, String expected, String hint) {
    this(List.of(new Problem(field, given, expected, hint)));
  }

  /// Mistakes in data, as mistakes of the user.
  public static UsageException of(InvalidDataException error) {
    return new UsageException(
        error.problems().stream()
            .map(problem ->
                new Problem(problem.field(), problem.given(), problem.expected(), problem.hint()))
            .toList());
  }

  /// Every mistake, in the order in which they were met.
  public List<Problem> problems() {
    return problems;
  }
}
