package dev.mneme.experiment;

/// A stored trial that cannot be read.
public final class MalformedTrialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedTrialException(String message) {
    super(message);
  }

  public MalformedTrialException(String message, Throwable cause) {
    super(message, cause);
  }
}
