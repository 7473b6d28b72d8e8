package dev.mneme.engine;

/// Training or scoring met a value that is not a number or infinite. Never swallowed: a trial that
/// meets one is recorded as diverged.
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NonFiniteException(String message) {
    super(message);
  }
}
