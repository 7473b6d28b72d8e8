package dev.mneme.experiment;

import dev.mneme.model.InvalidConfigurationException.Problem;

/// A place for results or checkpoints that cannot be used: results would be lost, so whatever runs
/// ends.
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public StorageException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  public StorageException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  /// What was given, what was expected, and a hint.
  public Problem problem() {
    return problem;
  }
}
