package dev.mneme.data;

import java.util.List;

/// Data, or a wish about data, that cannot be: a corpus without documents, a column that is not
/// there, more sequences than there are. Carries every problem found, so that a user mends them at
/// once.
public final class InvalidDataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// One mistake.
  ///
  /// @param field what was set or read, such as `column` or the name of a file
  /// @param given what was found there
  /// @param expected what would be right
  /// @param hint how to get there
  public record Problem(String field, String given, String expected, String hint) {
    @Override
    public String toString() {
      return field + ": got " + given + ", expected " + expected + ". " + hint;
    }
  }

  /// @param problems at least one
  public InvalidDataException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  public InvalidDataException(String field, String given, String expected, String hint) {
    this(List.of(new Problem(field, given, expected, hint)));
  }

  /// Every problem, in the order in which it was found.
  public List<Problem> problems() {
    return problems;
  }
}
