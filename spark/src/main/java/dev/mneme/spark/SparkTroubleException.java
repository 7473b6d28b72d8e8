package dev.mneme.spark;

/// Spark could not run the trials: it was not reached, or lost a worker too often.
public final class SparkTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SparkTroubleException(String message, Throwable cause) {
    super(message, cause);
  }
}
