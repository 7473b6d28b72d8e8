package dev.mneme.engine;

/// An engine could not go on: no memory, or a device that is gone. No property of what was
/// computed: the trial fails, others go on, and the same trial may be tried again.
public final class EngineFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message for a user: what happened and what may help
  public EngineFailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
