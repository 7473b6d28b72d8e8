package dev.mneme.store;

/// SQL that DuckDB did not understand or would not carry out.
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message in words
  public QueryException(String message) {
    super(message);
  }

  /// @param message DuckDB's own, which may have several lines and point at a place in the SQL
  public QueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
