package dev.mneme.experiment;

import dev.mneme.model.InvalidConfigurationException.Problem;

/// A run folder that cannot be used.
public final class RunFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RunFolderException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  public RunFolderException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  /// What was given, what was expected, and a hint.
  public Problem problem() {
    return problem;
  }
}
