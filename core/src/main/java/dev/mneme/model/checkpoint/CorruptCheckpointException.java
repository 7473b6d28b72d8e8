package dev.mneme.model.checkpoint;

import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A file that is not what it should be: truncated, altered, or of another kind. Carries every
/// problem found.
public final class CorruptCheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient List<Problem> problems;

  /// @param problems at least one; the `field` of each says where in the file
  public CorruptCheckpointException(Path file, List<Problem> problems) {
    super(
        "cannot use "
            + file
            + "\n"
            + String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  /// One problem; see [Problem].
  public CorruptCheckpointException(
      Path file, String field, String given, String expected, String hint) {
    this(file, List.of(new Problem(field, given, expected, hint)));
  }

  /// The file that was read.
  public Path file() {
    return file;
  }

  /// Every problem found.
  public List<Problem> problems() {
    return problems;
  }
}
