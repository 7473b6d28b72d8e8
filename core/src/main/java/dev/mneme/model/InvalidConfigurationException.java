package dev.mneme.model;

import java.util.List;

/// A configuration that cannot be. Carries every problem found, so that a user mends them at once.
public final class InvalidConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// One mistake.
  ///
  /// @param field what was set, such as `heads`
  /// @param given the value that was read
  /// @param expected what would be right
  /// @param hint how to get there
  public record Problem(String field, String given, String expected, String hint) {
    @Override
    public String toString() {
      return field + ": got " + given + ", expected " + expected + ". " + hint;
    }
  }

  public InvalidConfigurationException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /// Every problem, in the order of the fields.
  public List<Problem> problems() {
    return problems;
  }
}
