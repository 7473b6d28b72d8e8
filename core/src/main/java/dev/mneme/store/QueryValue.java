package dev.mneme.store;

/// A value in the answer to a query.
public sealed interface QueryValue {
  /// SQL's NULL.
  record Missing() implements QueryValue {}

  /// A truth value.
  record Truth(boolean value) implements QueryValue {}

  /// A number, exactly as the column has it: whole, decimal or binary.
  record Amount(Number value) implements QueryValue {}

  /// Text, and every other type as the text that DuckDB shows for it.
  record Text(String value) implements QueryValue {}
}
